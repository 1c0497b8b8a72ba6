# Everyday shorthands. Each is one command: without `just`, type what stands under the name.

# Arguments reach the commands as they were quoted.
set positional-arguments

# What there is.
default:
    @{{ just_executable() }} --list --unsorted

# Every test, with a throw-away PostgreSQL; arguments go to `cargo test`.
test *ARGS:
    cargo xtask test -- "$@"

# Formatting, lints, documentation, dependencies, invariants, generated files; or only the steps named.
check *STEPS:
    cargo xtask check "$@"

# A filled demonstration with an embedded database; its accounts are printed.
demo *ARGS:
    cargo run --package ipt-server --bin ipt -- demo "$@"

# Format the code.
fmt:
    cargo fmt --all

# Made-up requests for every operation, on both databases; arguments go to schemathesis.
fuzz *ARGS:
    cargo xtask fuzz -- "$@"

# The invariants of the architecture, and the house rules.
arch:
    cargo xtask check arch tidy

# Write the generated documents anew.
generate:
    cargo xtask generate

# A command beside a throw-away PostgreSQL: `just pg psql`.
pg +COMMAND:
    cargo xtask pg -- "$@"

# Mutation testing of the rules (needs cargo-mutants: `cargo install cargo-mutants --locked`).
mutants *ARGS:
    cargo mutants --package ipt-domain "$@"

# What CI runs.
ci:
    .ci/run
