//! Decrypting a body, or a part of one, while it passes.

use aws_lc_rs::aead::{Aad, LessSafeKey};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _, stream};
use ipt_ports::blob_store::{ByteRange, ByteStream, StreamError};

use super::{HEAD, HeadError, SEGMENT, TAG, Tampered, head::Head, nonce};

/// A segment as it is stored, but for the last.
const STORED: u64 = (SEGMENT + TAG) as u64;

/// How the segments of an object lie, by its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How many segments it has; at least one.
    segments: u64,
    /// How many bytes were encrypted.
    pub(crate) plain: u64,
}

impl Layout {
    /// The layout of an object of this size, head included.
    ///
    /// # Errors
    /// [`Tampered`] when none has this size.
    pub(crate) fn of(size: u64) -> Result<Self, Tampered> {
        let body = size.checked_sub(HEAD as u64).ok_or(Tampered)?;
        let segments = body.div_ceil(STORED);
        let plain = body.checked_sub(segments * TAG as u64).ok_or(Tampered)?;
        let last = plain.checked_sub(segments.saturating_sub(1) * SEGMENT as u64);
        if segments == 0 || last.is_none() || u32::try_from(segments).is_err() {
            return Err(Tampered);
        }
        Ok(Self { segments, plain })
    }

    /// The part that is wanted, cut to what there is; none when it begins behind the end.
    pub(crate) fn cut(&self, range: ByteRange) -> Option<ByteRange> {
        (range.first < self.plain && range.first <= range.last).then(|| ByteRange {
            first: range.first,
            last: range.last.min(self.plain - 1),
        })
    }

    /// Which bytes of the object are read for a part, and with which segment they begin: end excluded.
    pub(crate) fn stored(&self, range: ByteRange) -> (std::ops::Range<u64>, u64) {
        let (first, last) = (range.first / SEGMENT as u64, range.last / SEGMENT as u64);
        let at = |segment: u64| HEAD as u64 + segment * STORED;
        let end = if last + 1 == self.segments {
            HEAD as u64 + self.plain + self.segments * TAG as u64
        } else {
            at(last + 1)
        };
        (at(first)..end, first)
    }
}

/// What is opened: which segments come, and what of them is wanted.
pub(crate) struct Opening {
    key: LessSafeKey,
    beginning: [u8; 7],
    layout: Layout,
    next: u64,
    skip: usize,
    left: u64,
    checked: bool,
}

impl Opening {
    /// Opens segments from number `first` on; of all their bytes those of `range`, or all.
    ///
    /// # Errors
    /// [`HeadError`].
    pub(crate) fn new(
        head: &Head,
        layout: Layout,
        (first, range): (u64, Option<ByteRange>),
    ) -> Result<Self, HeadError> {
        let begin = range.map_or(0, |range| range.first - first * SEGMENT as u64);
        Ok(Self {
            key: head.key()?,
            beginning: head.beginning(),
            layout,
            next: first,
            skip: usize::try_from(begin).unwrap_or(usize::MAX),
            left: range.map_or(layout.plain, |range| range.last - range.first + 1),
            checked: false,
        })
    }

    /// Whether no more segments are needed. Of an empty body the one segment is checked all the same.
    const fn is_done(&self) -> bool {
        self.checked && (self.next == self.layout.segments || self.left == 0)
    }

    const fn is_at_last(&self) -> bool {
        self.next + 1 == self.layout.segments
    }

    /// How long the next segment is, as it is stored.
    fn length(&self) -> usize {
        if self.is_at_last() {
            let before = (self.layout.segments - 1) * SEGMENT as u64;
            usize::try_from(self.layout.plain - before).unwrap_or(usize::MAX) + TAG
        } else {
            SEGMENT + TAG
        }
    }

    /// What is wanted of the next segment.
    fn open(&mut self, mut sealed: BytesMut) -> Result<Bytes, Tampered> {
        let number = u32::try_from(self.next).map_err(|_| Tampered)?;
        let nonce = nonce(self.beginning, number, self.is_at_last());
        let length = self
            .key
            .open_in_place(nonce, Aad::empty(), &mut sealed)
            .map_err(|_| Tampered)?
            .len();
        self.next += 1;
        self.checked = true;
        sealed.truncate(length);
        let mut plain = sealed.freeze();
        let _ = plain.split_to(self.skip.min(plain.len()));
        self.skip = 0;
        plain.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= plain.len() as u64;
        Ok(plain)
    }
}

/// The bytes that were encrypted, of the bytes of whole segments as they come. What ends too early, or was changed, breaks off;
/// nothing is passed on that was not checked.
pub(crate) fn open(
    opening: Opening,
    sealed: impl Stream<Item = Result<Bytes, StreamError>> + Send + 'static,
) -> ByteStream<'static> {
    let state = (opening, sealed.boxed(), BytesMut::new());
    stream::try_unfold(state, |(mut opening, mut sealed, mut waiting)| async move {
        while !opening.is_done() {
            let length = opening.length();
            if waiting.len() >= length {
                let plain = opening.open(waiting.split_to(length)).map_err(tampered)?;
                if !plain.is_empty() {
                    return Ok(Some((plain, (opening, sealed, waiting))));
                }
            } else {
                let piece = sealed.next().await.ok_or(Tampered).map_err(tampered)?;
                waiting.extend_from_slice(&piece?);
            }
        }
        Ok(None)
    })
    .boxed()
}

fn tampered(error: Tampered) -> StreamError {
    StreamError::Store(Box::new(error))
}
