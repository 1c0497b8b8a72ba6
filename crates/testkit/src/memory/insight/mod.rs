//! Figures for dashboards.

mod exceptions;
mod figures;
mod review_times;
mod statistics;
