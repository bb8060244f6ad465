// peer_postgis.cpp: PostGIS, where run.sh --postgis has started a server: nearest by <-> on geography (a sphere),
// within a radius by ST_DWithin (the ellipsoid). A statement asks many queries at once, so that few round trips are
// counted.
#include "peer.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <postgresql/libpq-fe.h>

namespace
{

class server
{
    PGconn *connection;

  public:
    server() : connection(PQconnectdb(std::getenv("VAXDIR_BENCH_POSTGIS")))
    {
        check(PQstatus(connection) == CONNECTION_OK);
    }
    server(const server &) = delete;
    server &operator=(const server &) = delete;
    ~server()
    {
        PQfinish(connection);
    }
    void check(bool good) const
    {
        if (good)
            return;
        std::fprintf(stderr, "bench: PostGIS: %s\n", PQerrorMessage(connection));
        std::exit(1);
    }
    void run(const char *statement)
    {
        PGresult *result = PQexec(connection, statement);
        check(PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK);
        PQclear(result);
    }
    void load(const std::vector<place> &centres)
    {
        PGresult *result = PQexec(connection, "COPY raw (row, latitude, longitude) FROM STDIN");
        check(PQresultStatus(result) == PGRES_COPY_IN);
        PQclear(result);
        for (size_t row = 0; row < centres.size(); row++) {
            char line[96];
            int length = std::snprintf(line, sizeof line, "%zu\t%.17g\t%.17g\n", row, centres[row].latitude,
                                       centres[row].longitude);
            check(PQputCopyData(connection, line, length) == 1);
        }
        check(PQputCopyEnd(connection, nullptr) == 1);
        while ((result = PQgetResult(connection)) != nullptr) {
            check(PQresultStatus(result) == PGRES_COMMAND_OK);
            PQclear(result);
        }
    }
    // With the queries as $1 and $2 and a number as $3; values come in binary.
    PGresult *ask(const char *statement, const place *queries, size_t count, double number)
    {
        std::string latitudes = "{", longitudes = "{", third = std::to_string(number);
        for (size_t i = 0; i < count; i++) {
            char text[32];
            std::snprintf(text, sizeof text, "%s%.17g", i > 0 ? "," : "", queries[i].latitude);
            latitudes += text;
            std::snprintf(text, sizeof text, "%s%.17g", i > 0 ? "," : "", queries[i].longitude);
            longitudes += text;
        }
        latitudes += "}";
        longitudes += "}";
        const char *values[] = {latitudes.c_str(), longitudes.c_str(), third.c_str()};
        PGresult *result = PQexecParams(connection, statement, 3, nullptr, values, nullptr, nullptr, 1);
        check(PQresultStatus(result) == PGRES_TUPLES_OK);
        return result;
    }
};

// Big-endian, as it comes over the wire.
uint64_t number_in(const PGresult *result, int row, int column)
{
    const unsigned char *bytes = reinterpret_cast<const unsigned char *>(PQgetvalue(result, row, column));
    uint64_t number = 0;
    for (int i = 0; i < PQgetlength(result, row, column); i++)
        number = number << 8 | bytes[i];
    return number;
}

class postgis_asker : public asker
{
    server at;

  public:
    void nearest(const place *queries, size_t count, size_t k, uint32_t *rows, double *distances) override
    {
        PGresult *result =
            at.ask("SELECT near.row, near.metres"
                   " FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS query(latitude, longitude, i)"
                   " CROSS JOIN LATERAL (SELECT row, place <-> ST_Point(longitude, latitude)::geography AS"
                   " metres FROM centres ORDER BY 2 LIMIT $3::float8::bigint) AS near ORDER BY i, metres",
                   queries, count, static_cast<double>(k));
        for (int row = 0; row < PQntuples(result); row++) {
            uint64_t bits = number_in(result, row, 1);
            rows[row] = static_cast<uint32_t>(number_in(result, row, 0));
            std::memcpy(&distances[row], &bits, sizeof bits);
        }
        PQclear(result);
    }
    void radius(const place *queries, size_t count, double radius_m, bool ordered, uint32_t *counts) override
    {
        // The rows stay in the server: sending them would be most of the time.
        const char *statement = ordered ? "SELECT near.count FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS"
                                          " query(latitude, longitude, i) CROSS JOIN LATERAL (SELECT count(*),"
                                          " array_agg(row ORDER BY metres) FROM (SELECT row, ST_Distance(place,"
                                          " ST_Point(longitude, latitude)::geography) AS metres FROM centres WHERE"
                                          " ST_DWithin(place, ST_Point(longitude, latitude)::geography, $3::float8)) AS"
                                          " all_of_them) AS near ORDER BY i"
                                        : "SELECT near.count FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS"
                                          " query(latitude, longitude, i) CROSS JOIN LATERAL (SELECT count(*),"
                                          " sum(ST_Distance(place, ST_Point(longitude, latitude)::geography)) FROM"
                                          " centres WHERE ST_DWithin(place, ST_Point(longitude, latitude)::geography,"
                                          " $3::float8)) AS near ORDER BY i";
        PGresult *result = at.ask(statement, queries, count, radius_m);
        for (int row = 0; row < PQntuples(result); row++)
            counts[row] = static_cast<uint32_t>(number_in(result, row, 0));
        PQclear(result);
    }
};

class postgis_peer : public peer
{
    server at;

  public:
    const char *name() const override
    {
        return "PostGIS";
    }
    const char *measures_by() const override
    {
        return "sphere (nearest), ellipsoid (within)";
    }
    void prepare(const std::vector<place> &centres) override
    {
        at.run("CREATE EXTENSION IF NOT EXISTS postgis");
        at.run("DROP TABLE IF EXISTS raw, centres");
        at.run("CREATE UNLOGGED TABLE raw (row int4, latitude float8, longitude float8)");
        at.load(centres);
        at.run(
            "CREATE UNLOGGED TABLE centres AS SELECT row, ST_Point(longitude, latitude)::geography AS place FROM raw");
        at.run("DROP TABLE raw");
    }
    void build() override
    {
        at.run("DROP INDEX IF EXISTS by_place");
        at.run("CREATE INDEX by_place ON centres USING gist (place)");
        at.run("ANALYZE centres");
    }
    size_t bytes() const override
    {
        place none = {0, 0};
        server another;
        PGresult *result = another.ask(
            "SELECT pg_total_relation_size('centres'), $1::float8[], $2::float8[], $3::float8", &none, 1, 0);
        size_t total = number_in(result, 0, 0);
        PQclear(result);
        return total;
    }
    std::unique_ptr<asker> new_asker() override
    {
        return std::make_unique<postgis_asker>();
    }
};

} // namespace

void add_postgis(peer_list &peers)
{
    if (std::getenv("VAXDIR_BENCH_POSTGIS") != nullptr)
        peers.push_back(std::make_unique<postgis_peer>());
}
