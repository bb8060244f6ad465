"""The command lines whose whole output is held in expected/, and the small files that they read."""

SAMPLE = "sample.csv"
AT = ("--at", "2021-01-18T08:00:00+01:00")
# The second before a provider opens, by the example rules, and an old person of whom no more is known.
EVE = ("--at", "2021-01-15T07:59:59+01:00", "--rules", "january.json")
OLD = ("--born", "1944-03-02")

FILES = {
    "plain.csv": "id,name,latitude,longitude\na,One,-21.1,55.5\nb,Two,49.1,-1.5\nsys:c,Three,0.5,0.5\n",
    # A duplicate that differs, one that does not, a row without an id, a bad position, a cell too many.
    "dirty.csv": "id,name,latitude,longitude,colour\n"
                 "a,One,1,1,red\na,One,1,1,red\na,Other,1,2,red\n,Nameless,1,1,red\nb,,91,0,blue\nc,Three,x,2,\n"
                 "d,Four,0,0,green,more\ne,Five\nf,Six,1.5,2.5,\n",
    "empty.csv": "",
    "page.csv": "<!DOCTYPE html>\n<html><head><title>503</title></head></html>\n",
    "header.csv": "id,name,latitude,longitude\n",
    "foreign.csv": "colour;taste\nred;sweet\n",
    "words.csv": "just one line of words",
    # CRLF, a mark at the beginning, columns in another order and among others, spaces, quotes, an empty line.
    "queries.csv": "\ufefflon, lat ,what\r\n6.1757,49.1193,x\r\n\r\n 55.5 , -21.1 ,y\r\n\"-1.5\",\"49.1\",z\r\n",
    "bad-queries.csv": "lat,lon\n49,6\n91,0\nx,1\n,\n1\n0x10,1\nnan,1\n48,2\n",
    "area.wkt": "SRID=4326;POLYGON((2 48,3 48,3 49.5,2 49.5,2 48))\n",
    "bow.wkt": "POLYGON((0 44,6 50,6 44,0 50,0 44))",
    "areas.geojson": '{"type":"FeatureCollection","features":['
                     '{"type":"Feature","properties":{"code":"south"},"geometry":{"type":"Polygon","coordinates":'
                     '[[[55,-22],[56,-22],[56,-20],[55,-20],[55,-22]]]}},'
                     '{"type":"Feature","properties":{"code":"east"},"geometry":{"type":"MultiPolygon","coordinates":'
                     '[[[[5.5,48],[8.3,48],[8.3,49.6],[5.5,49.6],[5.5,48]],'
                     '[[6.1,49],[6.3,49],[6.3,49.2],[6.1,49]]]]}}]}',
    "no-queries.csv": "a,b\n1,2\n",
    "nowhere.csv": "id,name,latitude,longitude\na,One,49,6\nb,Two,,\nc,\"Three, and more\",49,6\nd,Four,95,6\n",
    "ids.csv": "id,name,latitude,longitude\n\"a,\"\"b\",One,49,6\n",
    # A cell of three links, the last of which is no known provider's.
    "links.csv": "id,name,latitude,longitude,booking_url,phone\n"
                 "a,Salle,49,6,https://www.keldoc.com/centre-de-sante/metz-57000/centre-synthetique-1 et "
                 "https://www.maiia.com/centre-de-vaccination/57000-METZ/centre-synthetique-2 "
                 "https://example.org/rdv,0387000001\n",
}

LINES = "\n".join([
    '{"url": "https://www.doctolib.fr/centre-de-sante/metz/centre-synthetique-1?pid=practice-900001"}',
    '{"url": "https://www.doctolib.fr@evil.example/", "declared": "doctolib"}',
    '{"url": "https://example.org/rdv", "declared": null}',
    '{"url": "https://example.org/rdv", "declared": "nobody"}',
    '{"url": "Doctolib en cours"}',
    '{"url": ""}',
    "",
    "not JSON",
    "[]",
    '"https://www.doctolib.fr/"',
    "{}",
    '{"url": null}',
    '{"url": 7}',
    '{"url": "https://a.example/", "url": "https://b.example/"}',
    '{"url": "https://a.example/", "declared": 7}',
    '{"url": "https://a.example/\\u0000"}',
    '{"url": "https://a.example/\\ud800"}',
    '{"url": "https://a.example/\\n"}',
    '{"url": "https://a.example/"} trailing',
    '{"url": "https://www.keldoc.com/"}',
]).encode() + b'\n{"url": "nul\x00here"}\n\x00\n{"url": "\xff\xfe"}\n\xed\xa0\x80\n{"url": "https://www.maiia.com/"}'

LINKS = [
    "https://www.doctolib.fr/centre-de-sante/metz/centre-synthetique-1?pid=practice-900001&utm_source=x",
    "https://partners.doctolib.fr/centre-de-sante/metz/centre-synthetique-1?pid=practice-900001?speciality_id=5494",
    "https://www.doctolib.fr/vaccination-covid-19/metz",
    "https://www.doctolib.fr/",
    "HTTPS://WWW.DOCTOLIB.FR./hopital-public/alençon/centre-synthetique-2",
    "\u00a0http://www.doctolib.fr/centre-de-sante/metz/centre-synthetique-1 ",
    "https://www.keldoc.com/centre-hospitalier-regional/metz-57000/centre-synthetique-3?cabinet=90003",
    "https://www.maiia.com/centre-de-vaccination/57000-METZ/centre-synthetique-4?centerid=000000000000000000000004",
    "www.keldoc.com", "agenda.example.com/centre", "https://example.org/rdv#top",
    "https://www.doctolib.fr@evil.example/", "https://doctolib.fr.evil.example/", "https://www.doctolib.fr:8443/",
    "https://www.doctolib.fr%2eevil.example/", "https://evil.example\\@www.doctolib.fr/", "https://192.0.2.1/",
    "https://0x7f.1/", "https://[2001:db8::1]/", "javascript:alert(1)", "ftp://www.doctolib.fr/",
    "https://www.d\u043ectolib.fr/", "https://www.\u24d3octolib.fr/", "https://xn--dctolib-d9d.fr/",
    "https://www.doctolib.fr/a\tb", "\x1b[31mhttps://www.doctolib.fr/\x7f",
    "contact@example.fr", "01 99 00 12 34", "Doctolib", "RIEN", "",
]

# A provider that exists nowhere else.
RULES = {
    "schema": 1,
    "providers": [{
        "id": "imaginaire",
        "name": "Imaginaire",
        "hosts": {"rdv.imaginaire.example": "rdv.imaginaire.example",
                  "imaginaire.example": "rdv.imaginaire.example"},
        "https": True,
        "parameters": [{"names": ["centre"], "values": ["{n:number}"]}],
        "pages": [{"kind": "home", "path": "/"}, {"kind": "list", "path": "/{town}"},
                  {"kind": "centre", "path": "/{town}/{slug}"}],
        "identity": [["path.slug"], ["query.centre"]],
        "examples": {"accept": [{"url": "https://imaginaire.example/ville/salle?centre=1", "page": "centre",
                                 "key": "imaginaire/salle/1"}],
                     "reject": ["https://imaginaire.example.evil.example/ville/salle"]},
    }],
}
MADE_UP = ("id,name,latitude,longitude,booking_url\n"
           "a,Salle,49,6,http://imaginaire.example/metz/salle?centre=7&utm_source=x\n"
           "b,Gymnase,49.1,6,https://www.doctolib.fr/centre-de-sante/metz/centre-synthetique-1\n")
MADE_UP_LINKS = ["http://imaginaire.example/metz/salle?centre=7&utm_source=x", "https://rdv.imaginaire.example/metz",
                 "https://rdv.imaginaire.example/", "https://imaginaire.example.evil.example/metz/salle",
                 "https://www.doctolib.fr/centre-de-sante/metz/centre-synthetique-1"]
MADE_UP_VERDICTS = [("exact", "imaginaire", "centre", "imaginaire/salle/7"), ("exact", "imaginaire", "list", None),
                    ("exact", "imaginaire", "home", None), ("unknown", None, None, None),
                    ("unknown", None, None, None)]

GOLDENS = [
    ("build", ["build", SAMPLE, "-o", "out.vaxdir"], b""),
    ("build-fr", ["build", SAMPLE, "-o", "out.vaxdir", "--lang", "fr"], b""),
    ("build-dirty", ["build", "dirty.csv", "plain.csv", "-o", "out.vaxdir", "--report", "report.ndjson"], b""),
    ("build-refused", ["build", "page.csv", "plain.csv", "empty.csv", "-o", "none.vaxdir"], b""),
    ("build-refused-fr", ["build", "page.csv", "empty.csv", "foreign.csv", "-o", "none.vaxdir", "--lang=fr"], b""),
    ("info", ["info", SAMPLE], b""),
    ("info-fr", ["info", SAMPLE, "--lang", "fr"], b""),
    ("info-json", ["info", SAMPLE, "--format", "json"], b""),
    ("info-dirty", ["info", "dirty.csv", "--format", "json"], b""),
    ("info-header", ["info", "header.csv", "--format", "json"], b""),
    ("nearest", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "8", *AT], b""),
    ("nearest-fr", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "8", "--lang", "fr", *AT], b""),
    ("nearest-json", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "8", "--format=json", *AT], b""),
    ("nearest-south", ["nearest", SAMPLE, "-21.1", "55.5", "--limit", "3", "--format", "json", *AT], b""),
    ("nearest-provider", ["nearest", SAMPLE, "48.85", "2.35", "--provider", "maiia", "--provider", "keldoc",
                          "--limit", "4", *AT], b""),
    ("nearest-filter", ["nearest", SAMPLE, "49.1193", "6.1757", "--filter",
                        "provider IN ('doctolib','maiia') AND department = '57'", "--limit", "3", *AT], b""),
    ("nearest-filter-refused", ["nearest", SAMPLE, "49", "6", "--filter", "provider = 'doctolib' AND town = 'x'"], b""),
    ("explain", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "3", "--explain", "gid:367", *AT], b""),
    ("explain-thin", ["nearest", SAMPLE, "49.1193", "6.1757", "--filter",
                      "provider IN ('maiia','keldoc') AND phone_number IS NOT NULL", "--max-distance", "4000",
                      "--explain", "gid:367"], b""),
    ("explain-fr", ["nearest", SAMPLE, "49.1193", "6.1757", "--filter", "city = 'Nancy' AND NOT closed = 'yes'",
                    "--provider", "maiia", "--max-distance", "30000", "--explain", "gid:418", "--lang", "fr"], b""),
    ("explain-json", ["nearest", SAMPLE, "49.1193", "6.1757", "--filter", "city = 'Nancy' AND NOT closed = 'yes'",
                      "--provider", "maiia", "--max-distance", "30000", "--explain", "gid:418", "--format", "json"],
     b""),
    ("nearest-none", ["nearest", "plain.csv", "0", "180", "--max-distance", "10", *AT], b""),
    ("nearest-batch", ["nearest", "plain.csv", "--batch", "queries.csv", "--limit", "2", *AT], b""),
    ("nearest-batch-text", ["nearest", "plain.csv", "--batch", "queries.csv", "--format", "text", *AT], b""),
    ("nearest-batch-bad", ["nearest", "plain.csv", "--batch", "bad-queries.csv", "--limit", "1", *AT], b""),
    ("nearest-batch-csv", ["nearest", "plain.csv", "--batch", "queries.csv", "--format", "csv", *AT], b""),
    ("nearest-batch-quotes", ["nearest", "ids.csv", "--batch", "queries.csv", "--format", "csv", "--bearing",
                              "--limit", "1", *AT], b""),
    ("nearest-batch-radius", ["nearest", SAMPLE, "--batch", "queries.csv", "--format", "csv", "--radius", "2000",
                              "--bearing", *AT], b""),
    ("nearest-radius", ["nearest", SAMPLE, "49.1193", "6.1757", "--radius", "2400", "--bearing", *AT], b""),
    ("nearest-bearing-json", ["nearest", "plain.csv", "49.1", "-1.5", "--bearing", "--format", "json", *AT], b""),
    ("nearest-min-distance", ["nearest", SAMPLE, "49.1193", "6.1757", "--min-distance", "2300", "--limit", "2",
                              "--lang", "fr", *AT], b""),
    ("nearest-all-ties", ["nearest", "nowhere.csv", "49", "6.1", "--limit", "1", "--all-ties", "--format", "json",
                          *AT], b""),
    ("nearest-work-limit", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "50", "--work-limit", "20", *AT], b""),
    ("nearest-work-limit-json", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "50", "--work-limit", "1",
                                 "--filter", "provider = 'maiia'", "--format", "json", *AT], b""),
    ("nearest-page", ["nearest", "plain.csv", "49", "6", "--limit", "2", "--next", *AT], b""),
    ("nearest-page-json", ["nearest", "plain.csv", "49", "6", "--limit", "1", "--next", "--format", "json", *AT], b""),
    ("nearest-page-damaged", ["nearest", "plain.csv", "49", "6", "--page", "v1", *AT], b""),
    ("nearest-without-position", ["nearest", "nowhere.csv", "49", "6", "--without-position", *AT], b""),
    ("nearest-intersects", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "2", "--filter",
                            "S_INTERSECTS(position, POLYGON((5.5 48, 6.1 48, 6.1 49.6, 5.5 49.6, 5.5 48)))", *AT], b""),
    ("explain-too-near", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "9", "--min-distance", "1400",
                          "--max-distance", "2350", "--explain", "gid:367", *AT], b""),
    ("nearest-within", ["nearest", SAMPLE, "49.1193", "6.1757", "--within", "areas.geojson", "--feature", "code=east",
                        "--provider", "doctolib", "--limit", "3", *AT], b""),
    ("within", ["within", SAMPLE, "areas.geojson", "--feature", "code=east"], b""),
    ("within-json", ["within", SAMPLE, "area.wkt", "--limit", "2", "--format", "json"], b""),
    ("within-bad", ["within", SAMPLE, "bow.wkt"], b""),
    ("within-repair", ["within", SAMPLE, "bow.wkt", "--repair", "--limit", "2"], b""),
    ("within-absent", ["within", SAMPLE, "areas.geojson", "--feature", "code=west"], b""),
    ("show", ["show", SAMPLE, "gid:367", *AT], b""),
    ("show-json", ["show", SAMPLE, "gid:367", "--format", "json", *AT], b""),
    ("show-fr-unsafe", ["show", SAMPLE, "gid:572", "--lang", "fr", *AT], b""),
    ("show-json-unsafe", ["show", SAMPLE, "gid:572", "--format", "json", *AT], b""),
    ("show-email", ["show", SAMPLE, "gid:116", *AT], b""),
    ("show-absent", ["show", SAMPLE, "gid:99999"], b""),
    ("route", ["route", SAMPLE, "gid:367", *EVE, *OLD], b""),
    ("route-fr", ["route", SAMPLE, "gid:367", *EVE, *OLD, "--lang", "fr"], b""),
    ("route-fr-phone", ["route", SAMPLE, "gid:367", *EVE, *OLD, "--lang", "fr", "--phone-first"], b""),
    ("route-json", ["route", SAMPLE, "gid:367", *EVE, *OLD, "--format", "json"], b""),
    ("route-open-fr", ["route", SAMPLE, "gid:367", *AT, *OLD, "--rules", "january.json", "--lang", "fr"], b""),
    ("route-nurse", ["route", SAMPLE, "gid:367", *AT, "--rules", "january.json", "--born", "1981-01-18",
                     "--fact", "health-professional=yes"], b""),
    ("route-nurse-json", ["route", SAMPLE, "gid:367", *AT, "--rules", "january.json", "--born", "1981-01-18",
                          "--fact", "health-professional=yes", "--format", "json"], b""),
    ("route-closed", ["route", SAMPLE, "gid:317", *AT], b""),
    ("route-alone", ["route", SAMPLE, *EVE], b""),
    ("route-links", ["route", "links.csv", "id:a", *EVE, *OLD], b""),
    ("route-fact", ["route", SAMPLE, "gid:367", *AT, "--rules", "january.json", "--fact", "secret=yes"], b""),
    ("nearest-january", ["nearest", SAMPLE, "49.1193", "6.1757", "--limit", "4", *EVE, *OLD], b""),
    ("help-route", ["route", "--help"], b""),
    ("link", ["link", *LINKS], b""),
    ("link-stdin", ["link", "--stdin"], LINES),
    ("link-stdin-long", ["link", "--stdin"],
     b'{"url": "https://a.example/"}\n{"url": "' + b"a" * 1048576 + b'"}\n{"url": ""}\n'),
    ("help", ["--help"], b""),
    ("help-nearest", ["nearest", "--help"], b""),
]

# Wrong usage: status 2 and one line on stderr.
WRONG_USAGE = [
    [], ["fly"], ["--wings"], ["info"], ["info", "a", "b"], ["info", SAMPLE, "--format", "xml"],
    ["info", SAMPLE, "--wings"], ["info", SAMPLE, "--lang"], ["info", SAMPLE, "--lang", "de"], ["info", SAMPLE, "-x"],
    ["build"], ["build", SAMPLE], ["build", "-o", "x.vaxdir"], ["build", SAMPLE, "-o"],
    ["build", "plain.csv", "-o", "plain.csv"], ["build", "plain.csv", "-o", "x.vaxdir", "--report", "plain.csv"],
    ["build", "plain.csv", "-o", "x.vaxdir", "--report", "x.vaxdir"],
    ["nearest", SAMPLE], ["nearest", SAMPLE, "49"], ["nearest", SAMPLE, "49", "6", "7"], ["nearest", SAMPLE, "91", "6"],
    ["nearest", SAMPLE, "-90.001", "6"], ["nearest", SAMPLE, "49,1", "6"], ["nearest", SAMPLE, "0x10", "6"],
    ["nearest", SAMPLE, "nan", "6"], ["nearest", SAMPLE, "49", "inf"], ["nearest", SAMPLE, "49", "1e999"],
    ["nearest", SAMPLE, "", "6"], ["nearest", SAMPLE, "49 ", "6"], ["nearest", SAMPLE, "4.", "."],
    ["nearest", SAMPLE, "49", "6", "--limit", "-1"], ["nearest", SAMPLE, "49", "6", "--limit", "4294967296"],
    ["nearest", SAMPLE, "49", "6", "--limit", "3.5"], ["nearest", SAMPLE, "49", "6", "--max-distance", "-1"],
    ["nearest", SAMPLE, "49", "6", "--max-distance", "far"], ["nearest", SAMPLE, "49", "6", "--at", "2021-01-18"],
    ["nearest", SAMPLE, "49", "6", "--at", "2021-01-18T08:00:00"],
    ["nearest", SAMPLE, "49", "6", "--at", "2021-02-30T08:00:00Z"],
    ["nearest", SAMPLE, "49", "6", "--at", "2021-01-18T24:00:00Z"],
    ["nearest", SAMPLE, "49", "6", "--at", "2021-01-18T08:00:00+1:00"],
    ["nearest", SAMPLE, "49", "6", "--born", "1944-02-30"], ["nearest", SAMPLE, "49", "6", "--born", "1943-02-29"],
    ["nearest", SAMPLE, "49", "6", "--born", "02/03/1944"], ["nearest", SAMPLE, "49", "6", "--born", "1944-3-2"],
    ["nearest", SAMPLE, "1", "2", "--batch", "queries.csv"], ["nearest", "--batch", "queries.csv"],
    ["nearest", SAMPLE, "49", "6", "--filter", ""], ["nearest", SAMPLE, "49", "6", "--filter", "city = Metz"],
    ["nearest", SAMPLE, "--batch", "queries.csv", "--explain", "gid:367"],
    ["nearest", SAMPLE, "49", "6", "--radius", "x"], ["nearest", SAMPLE, "49", "6", "--radius", "1", "--all-ties"],
    ["nearest", SAMPLE, "49", "6", "--radius", "1", "--max-distance", "2"],
    ["nearest", SAMPLE, "49", "6", "--min-distance", "-1"], ["nearest", SAMPLE, "49", "6", "--work-limit", "x"],
    ["nearest", SAMPLE, "49", "6", "--format", "csv"], ["nearest", SAMPLE, "--batch", "queries.csv", "--next"],
    ["nearest", SAMPLE, "49", "6", "--next", "--all-ties"],
    ["nearest", SAMPLE, "49", "6", "--page", "x", "--explain", "a"],
    ["within", SAMPLE], ["within", SAMPLE, "area.wkt", "x"], ["within", SAMPLE, "area.wkt", "--feature", "code"],
    ["within", SAMPLE, "area.wkt", "--limit", "x"], ["nearest", SAMPLE, "49", "6", "--repair"],
    ["route"], ["route", SAMPLE, "a", "b"], ["route", SAMPLE, "gid:367", "--dose", "0"],
    ["route", SAMPLE, "gid:367", "--dose", "x"], ["route", SAMPLE, "gid:367", "--on", "18/01/2021"],
    ["route", SAMPLE, "gid:367", "--fact", "nurse=yes"], ["route", SAMPLE, "gid:367", "--fact", "nurse"],
    ["route", SAMPLE, "gid:367", "--rules", "january.json", "--fact", "health-professional=perhaps"],
    ["route", SAMPLE, "gid:367", "--rules", "january.json", "--fact", "=yes"],
    ["route", SAMPLE, "gid:367", "--vaccine", "Not A Word"], ["route", SAMPLE, "gid:367", "--phone-first=yes"],
    ["show", SAMPLE], ["show", SAMPLE, "a", "b"], ["link"], ["link", "--stdin", "https://example.org/"],
    ["link", "--stdin=yes"],
]

# Right usage, answered: status 0.
RIGHT_USAGE = [
    ["--version"], ["--help"], ["build", "--help"], ["info", "-h"], ["show", "--help"], ["link", "--help"],
    ["--lang", "fr", "info", SAMPLE], ["info", "--", SAMPLE], ["nearest", SAMPLE, "-90", "540"],
    ["nearest", SAMPLE, "-.5e1", "+6"], ["nearest", "--limit", "1", SAMPLE, "--", "49", "-1.5"],
    ["nearest", SAMPLE, "49", "6", "--at", "2021-01-18T08:00:00.25-00:30"], ["nearest", SAMPLE, "0", "0", "--limit=0"],
    ["nearest", SAMPLE, "49", "6", "--at", "2020-02-29t23:59:60z", "--born", "1944-02-29"],
    ["nearest", SAMPLE, "49", "6", "--provider", "nobody"],
    ["nearest", SAMPLE, "49", "6", "--department", "57", "--region", "Bretagne", "--kind", "x", "--filter", "TRUE"],
    ["nearest", SAMPLE, "49", "6", "--explain", "gid:367", "--limit", "4294967295"],
    ["route", SAMPLE, "gid:367"], ["route", SAMPLE], ["route", SAMPLE, "gid:367", "--dose", "1", "--vaccine", "x"],
    ["route", SAMPLE, "gid:367", "--rules", "january.json", "--fact", "comorbidity=no", "--fact=very-high-risk=yes"],
    ["link", "https://www.doctolib.fr@evil.example/"],
    ["link", "--stdin"], ["info", "header.csv"],
]

# The world is not as it should be: status 1.
REFUSED = [
    ["info", "absent.csv"], ["info", "empty.csv"], ["info", "page.csv"], ["info", "foreign.csv"], ["info", "words.csv"],
    ["info", "."], ["info", SAMPLE, "--rules", "absent.json"], ["info", SAMPLE, "--rules", "empty.csv"],
    ["info", SAMPLE, "--rules", "page.csv"], ["nearest", "absent.csv", "49", "6"],
    ["nearest", SAMPLE, "49", "6", "--explain", "gid:99999"],
    ["within", SAMPLE, "absent.wkt"], ["within", SAMPLE, "empty.csv"], ["within", "absent.csv", "area.wkt"],
    ["nearest", SAMPLE, "49", "6", "--within", "page.csv"],
    ["nearest", SAMPLE, "--batch", "absent.csv"], ["nearest", SAMPLE, "--batch", "no-queries.csv"],
    ["nearest", SAMPLE, "--batch", "empty.csv"], ["show", SAMPLE, "gid:99999"], ["show", SAMPLE, "174"],
    ["route", SAMPLE, "gid:99999"], ["route", "absent.csv", "a"],
    ["show", SAMPLE, ""], ["build", "absent.csv", "-o", "x.vaxdir"], ["build", SAMPLE, "absent.csv", "-o", "x.vaxdir"],
    ["build", SAMPLE, "-o", "no/such/folder/x.vaxdir"], ["build", SAMPLE, "-o", "."],
    ["build", SAMPLE, "-o", "/dev/null"], ["build", "whole.vaxdir", "-o", "x.vaxdir"],
    ["build", SAMPLE, "-o", "x.vaxdir", "--report", "no/such/folder/r.ndjson"],
    ["info", "cut.vaxdir"], ["info", "flipped.vaxdir"],
]
