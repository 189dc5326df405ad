//! The practice portal over a real port, as the desk meets it.

#[cfg(test)]
mod access;
#[cfg(test)]
mod contracts;
#[cfg(test)]
mod data;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod files;
#[cfg(test)]
mod library;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod records;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
