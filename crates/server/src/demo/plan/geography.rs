//! Points some metres from another.

/// Metres of a degree along a meridian.
const METRES_OF_A_DEGREE: f64 = 111_195.0;

/// The point so many metres to the north and to the east; near enough for some kilometres, away from the poles.
pub(in crate::demo) fn moved((lat, lng): (f64, f64), north_m: f64, east_m: f64) -> (f64, f64) {
    let along_the_parallel = METRES_OF_A_DEGREE * lat.to_radians().cos();
    (
        lat + north_m / METRES_OF_A_DEGREE,
        lng + east_m / along_the_parallel,
    )
}

#[cfg(test)]
mod tests {
    use ipt_domain::placement::position::Position;

    use super::*;

    #[test]
    fn a_point_lies_as_far_away_as_was_asked() {
        let here = (6.4471, 3.5412);
        let (lat, lng) = moved(here, 300.0, -400.0);
        let distance = Position::new(here.0, here.1)
            .unwrap()
            .distance_m(&Position::new(lat, lng).unwrap());
        assert!((distance - 500.0).abs() < 5.0, "{distance}");
    }
}
