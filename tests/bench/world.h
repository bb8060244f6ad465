/* world.h: the made-up workload of the benchmarks. Invariant: the same seed gives the same degrees to every program. */
#ifndef VAXDIR_BENCH_WORLD_H
#define VAXDIR_BENCH_WORLD_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

struct place {
    double latitude, longitude;
};

// xorshift64* (Vigna 2014).
class source
{
    uint64_t state;

  public:
    explicit source(uint64_t seed) : state(seed * UINT64_C(0x9E3779B97F4A7C15) | 1)
    {
    }
    uint64_t bits()
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * UINT64_C(0x2545F4914F6CDD1D);
    }
    double unit()
    {
        return static_cast<double>(bits() >> 11) / 9007199254740992.0;
    }
    double normal()
    {
        double radius = std::sqrt(-2 * std::log(1 - unit()));
        return radius * std::cos(6.283185307179586 * unit());
    }
};

// Towns whose sizes fall like 1 / rank, over the metropole (96 of 100 centres) and around overseas capitals.
class country
{
    std::vector<place> towns;
    std::vector<double> upto; // sums of weights
    source from;

    void add(double latitude, double longitude, double weight)
    {
        towns.push_back({latitude, longitude});
        upto.push_back((upto.empty() ? 0 : upto.back()) + weight);
    }

  public:
    explicit country(uint64_t seed) : from(seed)
    {
        source fixed(20210118);
        double sum = 0;
        for (int rank = 1; rank <= 3000; rank++)
            sum += 1.0 / (rank + 5);
        for (int rank = 1; rank <= 3000; rank++)
            add(42.6 + 8.2 * fixed.unit(), -1.5 + 8.5 * fixed.unit(), 0.96 * (1.0 / (rank + 5)) / sum);
        const place overseas[] = {{-21.1, 55.5}, {16.2, -61.5},   {14.6, -61.0},  {4.9, -52.3},
                                  {-12.8, 45.2}, {-17.5, -149.6}, {-22.3, 166.5}, {46.8, -56.2}};
        for (const place &one : overseas)
            add(one.latitude, one.longitude, 0.005);
    }

    // A place near a town; `spread` in degrees.
    place near_town(double spread)
    {
        size_t i =
            static_cast<size_t>(std::upper_bound(upto.begin(), upto.end(), from.unit() * upto.back()) - upto.begin());
        i = std::min(i, towns.size() - 1);
        double wide = spread * (0.2 + 2 * from.unit());
        return {towns[i].latitude + wide * from.normal(), towns[i].longitude + 1.4 * wide * from.normal()};
    }

    place anywhere()
    {
        return {42 + 9 * from.unit(), -5 + 13 * from.unit()};
    }

    std::vector<place> centres(size_t count)
    {
        std::vector<place> made(count);
        for (place &one : made)
            one = near_town(0.06);
        return made;
    }

    // Four of five near people, the fifth anywhere in the metropole.
    std::vector<place> queries(size_t count)
    {
        std::vector<place> made(count);
        for (place &one : made)
            one = from.unit() < 0.8 ? near_town(0.1) : anywhere();
        return made;
    }
};

// Along a Hilbert curve over degrees (Butz 1971), as a program that cares for its caches would ask.
inline uint64_t hilbert(const place &of)
{
    uint32_t x = static_cast<uint32_t>((of.longitude + 180) / 360 * 1048575);
    uint32_t y = static_cast<uint32_t>((of.latitude + 90) / 180 * 1048575), d[2] = {x, y};
    uint64_t along = 0;
    for (uint32_t side = 1u << 19; side > 0; side >>= 1) {
        uint32_t right = (d[0] & side) != 0, top = (d[1] & side) != 0;
        along += static_cast<uint64_t>(side) * side * ((3 * right) ^ top);
        if (top == 0) {
            if (right == 1) {
                d[0] = 1048575 - d[0];
                d[1] = 1048575 - d[1];
            }
            std::swap(d[0], d[1]);
        }
    }
    return along;
}

inline void sort_along_curve(std::vector<place> &places)
{
    std::sort(places.begin(), places.end(), [](const place &a, const place &b) { return hilbert(a) < hilbert(b); });
}

struct vector3 {
    double x, y, z;
};

inline vector3 ecef(const place &of)
{
    const double a = 6378137, f = 1 / 298.257223563, e2 = f * (2 - f), degree = 0.017453292519943295;
    double sine = std::sin(of.latitude * degree), normal = a / std::sqrt(1 - e2 * sine * sine);
    double across = normal * std::cos(of.latitude * degree);
    return {across * std::cos(of.longitude * degree), across * std::sin(of.longitude * degree),
            normal * (1 - e2) * sine};
}

inline double chord_between(const vector3 &a, const vector3 &b)
{
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return std::sqrt(x * x + y * y + z * z);
}

inline std::vector<vector3> ecef(const std::vector<place> &places)
{
    std::vector<vector3> positions;
    positions.reserve(places.size());
    for (const place &one : places)
        positions.push_back(ecef(one));
    return positions;
}

// The mean radius, of those who take the Earth for a sphere.
constexpr double earth_radius_m = 6371008.8;

// The chord under so many metres of ground, on a sphere: within some micrometres for ten kilometres.
inline double chord_of(double distance_m)
{
    return 2 * earth_radius_m * std::sin(distance_m / (2 * earth_radius_m));
}

// Degrees that hold the places within so many metres of one, generously; not near the poles.
struct degree_box {
    double south, west, north, east;
};

inline degree_box box_around(const place &centre, double radius_m)
{
    double high = radius_m / 110500, wide = high / std::cos((std::fabs(centre.latitude) + high) * 0.017453292519943295);
    return {centre.latitude - high, centre.longitude - wide, centre.latitude + high, centre.longitude + wide};
}

#endif
