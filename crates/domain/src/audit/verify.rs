//! Verifying a chain, link by link, with no more than one link in memory.

use std::cmp::Reverse;

use crate::{
    audit::{
        chain::{ChainId, GENESIS, Head, Link, link_preimage},
        record::AuditRecord,
    },
    id::AuditRecordId,
};

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Problem {
    /// A link is missing: its number is skipped.
    Gap,
    /// The record or its link is not as it was chained.
    Edited,
    /// The record is gone, or links are gone at the end.
    Deleted,
    /// Links or records stand in another order than the one in which they were chained.
    Reordered,
}

/// Where a chain breaks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Break {
    /// The number of the link that is missing or wrong.
    pub sequence: u64,
    /// Its record, where it is known.
    pub record_id: Option<AuditRecordId>,
    /// What is wrong.
    pub problem: Problem,
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Verification {
    /// How many links were looked at.
    pub checked: u64,
    /// Where the chain breaks first; none when it is whole.
    pub first_broken: Option<Break>,
}

impl Verification {
    /// Whether the chain is whole.
    pub const fn is_intact(&self) -> bool {
        self.first_broken.is_none()
    }
}

/// Verifies one chain; links are pushed in the order of their numbers.
#[derive(Clone, Debug)]
pub struct Verifier<H> {
    chain: ChainId,
    hash: H,
    /// What is known of the chain from elsewhere, the highest number first: those passed are taken off.
    known: Vec<Head>,
    checked: u64,
    last: Option<Link>,
    first_broken: Option<Break>,
}

impl<H: Fn(&[u8]) -> [u8; 32]> Verifier<H> {
    /// A verifier of `chain`, which hashes with `hash`.
    pub const fn new(chain: ChainId, hash: H) -> Self {
        Self {
            chain,
            hash,
            known: Vec::new(),
            checked: 0,
            last: None,
            first_broken: None,
        }
    }

    /// The same, holding the chain against ends of it as they are known from elsewhere: links missing at the end are
    /// noticed then, and links written anew together with all behind them. Links added since do not matter.
    #[must_use]
    pub fn knowing(mut self, heads: impl IntoIterator<Item = Head>) -> Self {
        self.known.extend(heads);
        self.known.sort_unstable_by_key(|head| Reverse(head.sequence));
        self
    }

    /// Looks at the next link and the record that it names; none when that record is gone.
    pub fn push(&mut self, link: &Link, record: Option<&AuditRecord>) {
        self.checked += 1;
        match self.first_broken {
            None => {
                self.first_broken = self.judge(link, record).or_else(|| self.judge_known(link));
                if self.first_broken.is_none() {
                    self.last = Some(*link);
                }
            }
            // What seemed missing or wrong turns up later: it was moved.
            Some(found) if self.continues_last(link) => {
                self.first_broken = Some(Break {
                    problem: Problem::Reordered,
                    ..found
                });
            }
            Some(_) => {}
        }
    }

    /// What was found.
    pub fn finish(self) -> Verification {
        let first_broken = self.first_broken.or_else(|| self.judge_end());
        Verification {
            checked: self.checked,
            first_broken,
        }
    }

    /// What is wrong with `link`, the first one after `last`.
    fn judge(&self, link: &Link, record: Option<&AuditRecord>) -> Option<Break> {
        let expected = self.last.map_or(1, |last| last.sequence.saturating_add(1));
        let here = |problem| {
            Some(Break {
                sequence: link.sequence,
                record_id: Some(link.record_id),
                problem,
            })
        };
        if link.sequence > expected {
            return Some(Break {
                sequence: expected,
                record_id: None,
                problem: Problem::Gap,
            });
        }
        if link.sequence < expected {
            return here(Problem::Reordered);
        }
        let Some(record) = record else {
            return here(Problem::Deleted);
        };
        if record.id != link.record_id {
            return here(Problem::Reordered);
        }
        let canonical = record.canonical_bytes();
        let own = (self.hash)(&link_preimage(&link.previous, link.sequence, &canonical));
        if link.chain != self.chain || ChainId::of(record) != self.chain || own != link.hash {
            return here(Problem::Edited);
        }
        if link.previous == self.last_hash() {
            return None;
        }
        // This link is sound, and names another one before it: that one was written anew, with its hash.
        let rewritten = self.last.as_ref().unwrap_or(link);
        Some(Break {
            sequence: rewritten.sequence,
            record_id: Some(rewritten.record_id),
            problem: Problem::Edited,
        })
    }

    /// Whether `link`, sound by itself, is another one than is known to have stood there: it was written anew, alone or
    /// with links before it.
    fn judge_known(&mut self, link: &Link) -> Option<Break> {
        let mut other = false;
        while let Some(head) = self.known.pop_if(|head| head.sequence <= link.sequence) {
            other |= head.sequence == link.sequence && head.hash != link.hash;
        }
        other.then_some(Break {
            sequence: link.sequence,
            record_id: Some(link.record_id),
            problem: Problem::Edited,
        })
    }

    /// What is missing at the end of the chain.
    fn judge_end(&self) -> Option<Break> {
        let reached = self.last.map_or(0, |last| last.sequence);
        let known = self.known.first().map_or(0, |head| head.sequence);
        (reached < known).then_some(Break {
            sequence: reached + 1,
            record_id: None,
            problem: Problem::Deleted,
        })
    }

    /// Whether `link` names the last sound link as the one before it.
    fn continues_last(&self, link: &Link) -> bool {
        link.previous == self.last_hash()
    }

    /// The hash of the last sound link.
    fn last_hash(&self) -> [u8; 32] {
        self.last.map_or(GENESIS, |last| last.hash)
    }
}

/// Verifies `chain` over its links, in the order of their numbers, each with the record that it names (none when that is
/// gone). Nothing but the last link is kept, however long the chain is.
pub fn verify<'a>(
    chain: ChainId,
    links: impl IntoIterator<Item = (&'a Link, Option<&'a AuditRecord>)>,
    head: Option<Head>,
    hash: impl Fn(&[u8]) -> [u8; 32],
) -> Verification {
    let mut verifier = Verifier::new(chain, hash).knowing(head);
    for (link, record) in links {
        verifier.push(link, record);
    }
    verifier.finish()
}

#[cfg(test)]
mod tests;
