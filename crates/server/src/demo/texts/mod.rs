//! What people write.

mod remarks;
mod work;

pub(super) use remarks::*;
pub(super) use work::{revised, skills, told};
