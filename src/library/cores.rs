//! Work for all cores, unless there is so little of it that waking them takes longer than doing it.

use rayon::prelude::*;

/// So few are done by the one who asks.
const FEW: usize = 8;

/// What `make` makes of each, in order.
pub fn each<T: Send, R: Send>(all: Vec<T>, make: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if all.len() <= FEW {
        all.into_iter().map(make).collect()
    } else {
        all.into_par_iter().map(make).collect()
    }
}

/// Puts `all` in order.
pub fn sort<T: Ord + Send>(all: &mut [T]) {
    if all.len() <= FEW { all.sort_unstable() } else { all.par_sort_unstable() }
}
