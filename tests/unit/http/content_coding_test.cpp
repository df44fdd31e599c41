// SPDX-License-Identifier: GPL-2.0-or-later
// - What was packed comes back, in pieces of any size and in each form that clients send.
// - Damaged and cut input is 400, and a bomb ends early: at its route's limit or at a ratio no document has.
#include "http/content_coding.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <random>

#include "base/files.h"
#include "http/refusal.h"
#include "http/text_fields.h"
#include "support/temp_dir.h"

using namespace nunmul;

namespace {

std::string deflated(std::string_view bytes, int window) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string result(deflateBound(&zlib, bytes.size()), '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(result.data());
  zlib.avail_out = static_cast<uInt>(result.size());
  deflate(&zlib, Z_FINISH);
  result.resize(zlib.total_out);
  deflateEnd(&zlib);
  return result;
}

std::string gzip(std::string_view bytes) { return packed(bytes, ContentCoding::Gzip); }

std::string documents(std::size_t count) {
  std::mt19937 random(7);
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "{\"id\":" + std::to_string(i) + ",\"n\":" + std::to_string(random()) + "}\n";
  return text;
}

// The inflated text, or the status of the refusal.
std::string inflated(ContentCoding coding, std::string_view bytes, std::size_t piece_size = 1'000'000,
                     std::size_t max_bytes = 100'000'000) {
  HttpRequest request;
  BodyCollector body({max_bytes, "", 0});
  Inflater inflater(coding);
  try {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece_size))) {
      inflater.inflate(bytes.substr(0, piece_size), body);
    }
    inflater.finish();
  } catch (const Refusal& refusal) {
    return std::to_string(refusal.status());
  }
  body.move_into(request);
  return request.body;
}

}  // namespace

TEST_SUITE_BEGIN("http/content_coding");

TEST_CASE("what was packed comes back") {
  for (const std::string& text : {std::string(), std::string("x"), documents(20'000)}) {
    for (const std::size_t piece_size : {std::size_t{1}, std::size_t{7}, std::size_t{1'000'000}}) {
      CHECK(inflated(ContentCoding::Gzip, gzip(text), piece_size) == text);
      CHECK(inflated(ContentCoding::Gzip, deflated(text, 31), piece_size) == text);
      CHECK(inflated(ContentCoding::Deflate, deflated(text, 15), piece_size) == text);
      CHECK(inflated(ContentCoding::Deflate, deflated(text, -15), piece_size) == text);
    }
  }
}

TEST_CASE("gzip files may follow each other") {
  CHECK(inflated(ContentCoding::Gzip, gzip("one ") + gzip("two"), 1) == "one two");
}

TEST_CASE("damaged input is refused") {
  const std::string good = gzip(documents(100));
  CHECK(inflated(ContentCoding::Gzip, "") == "400");
  CHECK(inflated(ContentCoding::Gzip, "not gzip") == "400");
  CHECK(inflated(ContentCoding::Gzip, good.substr(0, good.size() - 1)) == "400");
  CHECK(inflated(ContentCoding::Gzip, good + "x") == "400");
  CHECK(inflated(ContentCoding::Deflate, "x") == "400");
  CHECK(inflated(ContentCoding::Deflate, deflated("x", 15) + "x") == "400");
  CHECK(inflated(ContentCoding::Deflate, good) == "400");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x55);
    const std::string result = inflated(ContentCoding::Gzip, bad);
    CHECK((result == "400" || result == documents(100)));  // the header's time and system are free
  }
}

TEST_CASE("a bomb ends at the limit or at the ratio") {
  const std::string bomb = gzip(std::string(50'000'000, '0'));
  CHECK(bomb.size() < 300'000);
  CHECK(inflated(ContentCoding::Gzip, bomb) == "413");
  CHECK(inflated(ContentCoding::Gzip, gzip(documents(10'000)), 100, 1000) == "413");
  CHECK(inflated(ContentCoding::Gzip, gzip(std::string(1000, '0')), 100, 1000).size() == 1000);
  CHECK(inflated(ContentCoding::Gzip, gzip(std::string(1001, '0')), 100, 1000) == "413");
}

TEST_CASE("Brotli is held to the same") {
  const auto brotli = [](std::string_view bytes) { return packed(bytes, ContentCoding::Brotli); };
  for (const std::size_t piece : {1U, 7U, 1'000'000U}) {
    CHECK(inflated(ContentCoding::Brotli, brotli(documents(1000)), piece) == documents(1000));
    CHECK(inflated(ContentCoding::Brotli, brotli(""), piece).empty());
  }
  const std::string whole = brotli(documents(1000));
  CHECK(inflated(ContentCoding::Brotli, whole.substr(0, whole.size() - 1)) == "400");
  CHECK(inflated(ContentCoding::Brotli, whole + "x") == "400");
  CHECK(inflated(ContentCoding::Brotli, "no brotli") == "400");
  CHECK(inflated(ContentCoding::Brotli, brotli(std::string(50'000'000, '0'))) == "413");
  CHECK(inflated(ContentCoding::Brotli, brotli(std::string(1001, '0')), 100, 1000) == "413");
}

TEST_CASE("an answer is packed if it is long, or if its client names one coding") {
  CHECK(choose_coding("gzip, deflate, br", 5000) == ContentCoding::Gzip);
  CHECK(choose_coding("br, deflate", 5000) == ContentCoding::Brotli);
  CHECK(choose_coding("deflate, zstd", 5000) == ContentCoding::Deflate);
  CHECK_FALSE(choose_coding("gzip, deflate, br", 1024).has_value());
  for (const char* none : {"", "zstd", "gzip;q=0", "identity"}) {
    CAPTURE(none);
    CHECK_FALSE(choose_coding(none, 5000).has_value());
  }
  CHECK(choose_coding("gzip", 10) == ContentCoding::Gzip);
  CHECK(choose_coding("br", 10) == ContentCoding::Brotli);
  CHECK(choose_coding("deflate", 10) == ContentCoding::Deflate);
  CHECK_FALSE(choose_coding("*", 10).has_value());
  CHECK_FALSE(choose_coding("gzip", 0).has_value());
}

TEST_CASE("a request's body is replaced, in memory and on disk") {
  const TempDir folder;
  const BodyLimits limits{10'000'000, folder.path(), 1000};
  HttpRequest request;
  request.headers = {{"content-encoding", "gzip"}};
  request.body = gzip("small");
  inflate_body(request, limits);
  CHECK(request.body == "small");

  request.body = gzip(documents(1000));
  inflate_body(request, limits);
  CHECK(request.body.empty());
  CHECK(read_file(request.body_file.path()) == documents(1000));

  HttpRequest spooled;
  spooled.headers = request.headers;
  write_file(folder / "packed", gzip(documents(5000)));
  spooled.body_file = BodyFile(folder / "packed");
  inflate_body(spooled, limits);
  CHECK(read_file(spooled.body_file.path()) == documents(5000));
  CHECK_FALSE(std::filesystem::exists(folder / "packed"));
}

TEST_CASE("a coding that is not ours is an invalid content type, but only with a body") {
  HttpRequest request;
  request.headers = {{"content-encoding", "zstd"}};
  CHECK_NOTHROW(inflate_body(request, {}));
  request.body = "x";
  CHECK_THROWS_AS(inflate_body(request, {}), Refusal);
  for (const char* coding : {"gzip, gzip", "zstd", "gzip;q=1", "compress"}) {
    CAPTURE(coding);
    CHECK_THROWS_AS(read_content_coding(coding), Refusal);
  }
  CHECK(read_content_coding("GZip") == ContentCoding::Gzip);
  CHECK(read_content_coding("x-gzip") == ContentCoding::Gzip);
  CHECK(read_content_coding("deflate") == ContentCoding::Deflate);
  CHECK(read_content_coding("br") == ContentCoding::Brotli);
  CHECK_FALSE(read_content_coding("identity").has_value());
}

TEST_CASE("an offer of gzip is read with its weight") {
  CHECK(accepts_coding("gzip, deflate, br", "gzip"));
  CHECK(accepts_coding("br;q=1.0, GZIP;q=0.5", "gzip"));
  CHECK(accepts_coding("*", "gzip"));
  CHECK_FALSE(accepts_coding("*;q=0", "gzip"));
  CHECK_FALSE(accepts_coding("", "gzip"));
  CHECK_FALSE(accepts_coding("br", "gzip"));
  CHECK_FALSE(accepts_coding("gzip;q=0", "gzip"));
  CHECK_FALSE(accepts_coding("gzip; q=0.000, *", "gzip"));
}
