//! Text without regard to case, folded by Rust so that both databases compare alike.

use sea_orm::sea_query::{Expr, ExprTrait as _, IntoColumnRef, LikeExpr};

/// The text in lower case, by Unicode.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a folded column contains `text`. What `LIKE` takes for a pattern is searched for as it stands.
pub(crate) fn contains(column: impl IntoColumnRef, text: &str) -> Expr {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in folded(text).chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    Expr::col(column).like(LikeExpr::new(pattern).escape('\\'))
}
