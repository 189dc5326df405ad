//! The practice portal over a real port, as the desk meets it.

#[cfg(test)]
mod access;
#[cfg(test)]
mod contracts;
#[cfg(test)]
mod customer_portal;
#[cfg(test)]
mod data;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod files;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod kba;
#[cfg(test)]
mod library;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod records;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod segments;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
#[cfg(test)]
mod workflows;
