use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Waker},
};

use sqlx::{
    Executor as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};
use tempfile::TempDir;

use super::*;

/// A file with one table, and who writes to it.
struct File {
    folder: TempDir,
    writer: Arc<Writer>,
}

impl File {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("file.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await
            .unwrap();
        pool.execute("CREATE TABLE word (word TEXT PRIMARY KEY)")
            .await
            .unwrap();
        let writer = Writer::new(pool, Duration::from_secs(5));
        Self { folder, writer }
    }

    async fn begin(&self) -> Turn {
        self.writer.begin("BEGIN IMMEDIATE".to_owned()).await.unwrap()
    }

    /// A turn in which a word was written.
    async fn writes(&self, word: &str) -> Turn {
        let mut turn = self.begin().await;
        write(&mut turn, word).await.unwrap();
        turn
    }

    /// Who has written `word` and waits for the commit, and who stood in line behind, and has the turn.
    async fn one_behind(&self, word: &str) -> (Waits<Committed>, Turn) {
        let first = self.writes(word).await;
        let mut second = pin!(self.begin());
        stands_in_line(second.as_mut());
        let first = waits(first.commit());
        (first, second.await)
    }

    /// What another connection sees.
    async fn words(&self) -> Vec<String> {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("file.db"));
        let pool = SqlitePoolOptions::new().connect_with(options).await.unwrap();
        let words = sqlx::query_scalar("SELECT word FROM word ORDER BY word");
        words.fetch_all(&pool).await.unwrap()
    }
}

async fn write(turn: &mut Turn, word: &str) -> Result<(), sqlx::Error> {
    let insert = sqlx::query("INSERT INTO word VALUES (?)").bind(word);
    insert.execute(&mut **turn).await.map(drop)
}

/// What cannot come to its end yet.
type Waits<T> = Pin<Box<dyn Future<Output = T>>>;

/// Begins what has to wait.
fn waits<T>(work: impl Future<Output = T> + 'static) -> Waits<T> {
    let mut work = Box::pin(work);
    stands_in_line(work.as_mut());
    work
}

/// Lets somebody stand in line, who cannot have the turn yet.
fn stands_in_line<T>(waiting: Pin<&mut (impl Future<Output = T> + ?Sized)>) {
    let polled = waiting.poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_pending());
}

#[tokio::test]
async fn nobody_is_told_before_the_commit_and_one_commit_serves_all_in_line() {
    let file = File::new().await;
    let (mut first, mut second) = file.one_behind("first").await;
    write(&mut second, "second").await.unwrap();
    stands_in_line(first.as_mut());
    assert_eq!(file.words().await, [""; 0]);

    second.commit().await.unwrap();
    assert_eq!(file.words().await, ["first", "second"]);
    first.await.unwrap();
}

#[tokio::test]
async fn who_gives_up_takes_nothing_of_the_others_along() {
    let file = File::new().await;
    let first = file.writes("first").await;
    let mut second = pin!(file.writes("second"));
    stands_in_line(second.as_mut());
    let mut third = pin!(file.writes("third"));
    stands_in_line(third.as_mut());
    let mut first = pin!(first.commit());
    stands_in_line(first.as_mut());

    drop(second.await);
    let third = third.await;
    third.commit().await.unwrap();
    first.await.unwrap();
    assert_eq!(file.words().await, ["first", "third"]);
}

#[tokio::test]
async fn who_gives_up_alone_leaves_nothing() {
    let file = File::new().await;
    drop(file.writes("first").await);
    file.writes("second").await.commit().await.unwrap();
    assert_eq!(file.words().await, ["second"]);
}

#[tokio::test]
async fn a_statement_that_is_refused_is_the_own_affair() {
    let file = File::new().await;
    let (first, mut second) = file.one_behind("same").await;
    write(&mut second, "other").await.unwrap();
    write(&mut second, "same").await.unwrap_err();
    drop(second);
    first.await.unwrap();
    assert_eq!(file.words().await, ["same"]);
}

#[tokio::test]
async fn on_a_full_disk_everybody_is_told_what_became_of_the_own() {
    let file = File::new().await;
    let mut full = file.begin().await;
    (&mut *full).execute("PRAGMA max_page_count = 40").await.unwrap();
    full.commit().await.unwrap();
    let (first, mut second) = file.one_behind("first").await;
    write(&mut second, &"long ".repeat(1_000_000)).await.unwrap_err();
    drop(second);
    let kept = first.await.is_ok();
    assert_eq!(file.words().await.contains(&"first".to_owned()), kept);
    // Whatever became of them, the next one can write.
    file.writes("third").await.commit().await.unwrap();
    assert!(file.words().await.contains(&"third".to_owned()));
}

#[tokio::test]
async fn a_transaction_that_sqlite_rolled_back_by_itself_is_nobodys_success() {
    let file = File::new().await;
    let (first, mut second) = file.one_behind("first").await;
    // As SQLite does when the disk is full.
    (&mut *second).execute("ROLLBACK").await.unwrap();
    drop(second);
    first.await.unwrap_err();
    assert_eq!(file.words().await, [""; 0]);
    file.writes("third").await.commit().await.unwrap();
    assert_eq!(file.words().await, ["third"]);
}

#[tokio::test]
async fn a_commit_goes_on_when_the_caller_goes_away() {
    let file = File::new().await;
    let first = file.writes("first").await;
    {
        let mut gone = pin!(first.commit());
        stands_in_line(gone.as_mut());
    }
    // Behind the commit that nobody waits for.
    file.writes("second").await.commit().await.unwrap();
    assert_eq!(file.words().await, ["first", "second"]);
}

#[tokio::test]
async fn a_beginning_that_is_abandoned_leaves_the_line_as_it_was() {
    let file = File::new().await;
    let first = file.writes("first").await;
    {
        let mut waits = pin!(file.begin());
        stands_in_line(waits.as_mut());
        let mut begins = pin!(file.begin());
        stands_in_line(begins.as_mut());
        let mut first = pin!(first.commit());
        stands_in_line(first.as_mut());
        drop(waits.await);
        // The turn is its, but it is gone before the beginning comes to an end.
        stands_in_line(begins.as_mut());
    }
    file.writes("second").await.commit().await.unwrap();
    assert_eq!(file.words().await, ["first", "second"]);
}

#[tokio::test]
async fn a_commit_does_not_wait_for_more_than_so_many() {
    let file = File::new().await;
    let first = file.writes("000").await;
    let mut line: Vec<_> = (1..=SHARE_A_COMMIT).map(|_| Box::pin(file.begin())).collect();
    for one in &mut line {
        stands_in_line(one.as_mut());
    }
    let first = waits(first.commit());
    let last = line.pop().unwrap();
    for (number, one) in line.into_iter().enumerate() {
        let mut turn = one.await;
        write(&mut turn, &format!("{:03}", number + 1)).await.unwrap();
        drop(waits(turn.commit()));
    }
    // The last in line has not written, and keeps nobody waiting.
    timeout(Duration::from_secs(30), first).await.unwrap().unwrap();
    assert_eq!(file.words().await.len(), SHARE_A_COMMIT);
    drop(last.await);
}

#[tokio::test]
async fn many_at_once_are_all_kept() {
    let file = Arc::new(File::new().await);
    let writers = (0..5 * SHARE_A_COMMIT).map(|number| {
        let file = Arc::clone(&file);
        tokio::spawn(async move {
            let turn = file.writes(&format!("{number:04}")).await;
            if number % 3 == 0 {
                drop(turn);
            } else {
                turn.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let expected = (0..5 * SHARE_A_COMMIT).filter(|number| number % 3 != 0);
    assert_eq!(
        file.words().await,
        expected.map(|number| format!("{number:04}")).collect::<Vec<_>>()
    );
}

/// As a worker of the server that stops in the middle of a request: what it had to do yet is not done any more.
fn on_a_runtime_that_stops<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let left_over = runtime.block_on(work);
    drop(runtime);
    drop(left_over);
}

#[test]
fn what_is_given_up_outside_of_any_runtime_is_undone_before_the_next_one_writes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let file = Arc::new(runtime.block_on(File::new()));
    let abandons = Arc::clone(&file);
    on_a_runtime_that_stops(async move { abandons.writes("abandoned").await });
    runtime.block_on(async {
        file.writes("next").await.commit().await.unwrap();
        assert_eq!(file.words().await, ["next"]);
    });
}

#[test]
fn a_beginning_that_was_cut_off_stops_nobody_after_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let file = Arc::new(runtime.block_on(File::new()));
    // Cut off after so many steps: while it waits for the connection, while it begins, when all is done.
    for steps in 0..12 {
        let cut_off = Arc::clone(&file);
        on_a_runtime_that_stops(async move {
            let mut begins = Box::pin(cut_off.begin());
            for _ in 0..steps {
                if begins
                    .as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()))
                    .is_ready()
                {
                    break;
                }
                tokio::task::yield_now().await;
            }
        });
        let word = format!("{steps:02}");
        runtime.block_on(async { file.writes(&word).await.commit().await.unwrap() });
    }
    let expected = (0..12).map(|steps| format!("{steps:02}"));
    assert_eq!(runtime.block_on(file.words()), expected.collect::<Vec<_>>());
}
