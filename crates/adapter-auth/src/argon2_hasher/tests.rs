use super::*;

/// As small as Argon2 goes, but for the number at once and in the queue.
fn cheap(at_once: usize, waiting: usize) -> Arc<Argon2Hasher> {
    let at_once = NonZeroUsize::new(at_once).expect("at least one");
    let settings = Argon2Settings {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
        at_once,
        waiting,
    };
    Arc::new(Argon2Hasher::new(settings).expect("fine settings"))
}

fn password(text: &str) -> SecretString {
    SecretString::from(text)
}

/// Lets the other tasks run until `reached` holds.
async fn until(reached: impl Fn() -> bool) {
    while !reached() {
        task::yield_now().await;
    }
}

#[tokio::test]
async fn the_right_password_is_told_from_a_wrong_one() {
    let hasher = cheap(1, 1);
    let hash = hasher.hash(password("maji moto")).await.unwrap();
    assert!(
        hasher
            .verify(password("maji moto"), Some(hash.clone()))
            .await
            .unwrap()
    );
    assert!(!hasher.verify(password("maji baridi"), Some(hash)).await.unwrap());
}

#[tokio::test]
async fn the_same_password_is_hashed_differently_each_time_and_never_printed() {
    let hasher = cheap(1, 1);
    let one = hasher.hash(password("maji moto")).await.unwrap();
    let two = hasher.hash(password("maji moto")).await.unwrap();
    assert_ne!(one.secret().expose_secret(), two.secret().expose_secret());
    assert!(!format!("{one:?}").contains("argon2id"));
}

#[tokio::test]
async fn by_default_a_hash_says_19_mib_two_passes_and_one_lane() {
    let hasher = Argon2Hasher::new(Argon2Settings::default()).unwrap();
    let hash = hasher.hash(password("maji moto")).await.unwrap();
    assert!(
        hash.secret()
            .expose_secret()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
    );
}

#[tokio::test]
async fn a_hash_of_other_settings_is_still_checked() {
    let old = cheap(1, 1).hash(password("maji moto")).await.unwrap();
    let hasher = Argon2Hasher::new(Argon2Settings {
        memory_kib: 16,
        ..Argon2Settings::default()
    })
    .unwrap();
    assert!(hasher.verify(password("maji moto"), Some(old)).await.unwrap());
}

#[tokio::test]
async fn an_unknown_address_is_refused_after_work_of_the_same_cost() {
    let hasher = cheap(1, 1);
    let real = hasher.hash(password("maji moto")).await.unwrap();
    let cost = |hash: &PasswordHash| {
        let hash = phc::PasswordHash::new(hash.secret().expose_secret()).unwrap();
        let lengths = (hash.salt.unwrap().len(), hash.hash.unwrap().len());
        (hash.algorithm, hash.version, hash.params, lengths)
    };
    assert_eq!(cost(&hasher.nobody), cost(&real));

    // It takes its turn like any other: with no bench free, it waits.
    let bench = Arc::clone(&hasher.benches).acquire_owned().await.unwrap();
    let unknown = task::spawn({
        let hasher = Arc::clone(&hasher);
        async move { hasher.verify(password("maji moto"), None).await }
    });
    until(|| hasher.places.available_permits() == 1).await;
    assert!(!unknown.is_finished());
    drop(bench);
    assert!(!unknown.await.unwrap().unwrap());
}

#[tokio::test]
async fn a_password_beyond_the_queue_is_turned_away_at_once_and_the_others_are_served() {
    let hasher = cheap(1, 2);
    let bench = Arc::clone(&hasher.benches).acquire_owned().await.unwrap();
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let hasher = Arc::clone(&hasher);
            task::spawn(async move { hasher.hash(password("maji moto")).await })
        })
        .collect();
    until(|| hasher.places.available_permits() == 0).await;

    let refused = hasher.verify(password("maji moto"), None).await;
    assert!(matches!(refused, Err(PasswordHashError::Busy)));

    drop(bench);
    for served in waiting {
        assert!(served.await.unwrap().is_ok());
    }
    assert_eq!(hasher.places.available_permits(), 3);
}

#[tokio::test]
async fn a_caller_that_goes_away_gives_up_its_place() {
    let hasher = cheap(1, 1);
    let bench = Arc::clone(&hasher.benches).acquire_owned().await.unwrap();
    let gone = task::spawn({
        let hasher = Arc::clone(&hasher);
        async move { hasher.hash(password("maji moto")).await }
    });
    until(|| hasher.places.available_permits() == 1).await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    assert_eq!(hasher.places.available_permits(), 2);
    drop(bench);
    assert!(hasher.hash(password("maji moto")).await.is_ok());
}

#[tokio::test]
async fn an_unreadable_stored_hash_is_an_error_and_not_a_wrong_password() {
    let hasher = cheap(1, 1);
    for broken in [
        "",
        "maji moto",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let answer = hasher
            .verify(password("maji moto"), Some(PasswordHash::new(broken.to_owned())))
            .await;
        assert!(!matches!(answer, Ok(true)), "{broken:?} lets a password in");
    }
    let answer = hasher
        .verify(
            password("maji moto"),
            Some(PasswordHash::new("maji moto".to_owned())),
        )
        .await;
    assert!(matches!(answer, Err(PasswordHashError::Failed(_))));
}

#[test]
fn settings_that_argon2_does_not_take_are_refused() {
    for settings in [
        Argon2Settings {
            memory_kib: 1,
            ..Argon2Settings::default()
        },
        Argon2Settings {
            passes: 0,
            ..Argon2Settings::default()
        },
        Argon2Settings {
            lanes: 0,
            ..Argon2Settings::default()
        },
    ] {
        assert!(Argon2Hasher::new(settings).is_err());
    }
}

#[test]
fn half_the_cores_are_left_to_everything_else_whenever_there_are_two() {
    let at_once = |cores: usize| half_of(NonZeroUsize::new(cores).unwrap()).get();
    assert_eq!([1, 2, 3, 4, 5, 8, 64].map(at_once), [1, 1, 1, 2, 2, 4, 32]);
}
