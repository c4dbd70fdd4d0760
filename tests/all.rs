//! Every test of the program as a whole, in one binary: linking one for each file would take minutes.

mod catalogue;
mod cli;
mod congress;
mod corpora;
mod docs;
mod door;
mod export;
mod fuzzed;
mod hostile;
mod layers;
mod library;
mod limits;
mod lock;
mod markdown;
mod mentioned;
mod mentions;
mod moving;
mod pages;
mod promises;
mod pseudo;
mod screens;
mod search;
mod shared;
mod signals;
mod terminal;
mod words;
