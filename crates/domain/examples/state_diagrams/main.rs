//! Prints the state diagrams of a log entry and of a placement, as Markdown with Mermaid.
//!
//! Nothing is drawn by hand: each arrow is an action that the rules took from one state to another when this ran.
//!
//! ```sh
//! cargo run --package ipt-domain --example state_diagrams > docs/state-diagrams.md
//! ```

mod diagram;
mod log_entry;
mod placement;
mod setting;

use std::io::Write as _;

/// Anything that keeps a diagram from being drawn.
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let text = format!(
        "# State diagrams\n\n\
         Generated from the rules by `cargo run --package ipt-domain --example state_diagrams`; not to be edited by hand.\n\n\
         {}\n{}",
        log_entry::chapter()?,
        placement::chapter()?
    );
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
