//! The command line: the linear twin of every screen.
