//! The reader: terminal, threads, the loop and the effects.
