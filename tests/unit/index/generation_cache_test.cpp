// SPDX-License-Identifier: GPL-2.0-or-later
// What a generation keeps for later is bounded by its bytes: what was used last stays, what was not goes
// first, and one value that alone takes more is given all the same.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "index/bitmap.h"
#include "index/generation.h"
#include "support/test_index.h"

TEST_SUITE_BEGIN("index/generation_cache");

namespace nunmul {
namespace {

constexpr std::size_t kBitmapBytes = Generation::kMaxCachedBytes / 64;

// Keeps bitmaps under keys and counts how often one is made.
class Bitmaps {
 public:
  Bitmaps() {
    index_.update({R"({"id":"1","title":"rain"})"});
    generation_ = index_.index().generation();
  }

  bool is_made(const std::string& key, std::size_t bytes = kBitmapBytes) {
    bool made = false;
    const auto bitmap = generation_->cached<Bitmap>(key, [&] {
      made = true;
      return Bitmap(bytes * 8);
    });
    CHECK(bitmap->size() == bytes * 8);
    return made;
  }
  std::size_t bytes() const { return generation_->cached_bytes(); }

 private:
  TestIndex index_;
  std::shared_ptr<const Generation> generation_;
};

}  // namespace

TEST_CASE("values are made once as long as there is room for them") {
  Bitmaps bitmaps;
  for (int i = 0; i < 60; ++i) CHECK(bitmaps.is_made(std::to_string(i)));
  for (int i = 0; i < 60; ++i) CHECK_FALSE(bitmaps.is_made(std::to_string(i)));
  CHECK(bitmaps.bytes() >= 60 * kBitmapBytes);
}

TEST_CASE("the values that were not used for longest go first, so that the bytes stay in their bound") {
  Bitmaps bitmaps;
  for (int i = 0; i < 200; ++i) {
    bitmaps.is_made(std::to_string(i));
    CHECK(bitmaps.bytes() <= Generation::kMaxCachedBytes);
    CHECK_FALSE(bitmaps.is_made("0"));
  }
  CHECK_FALSE(bitmaps.is_made("199"));
  CHECK(bitmaps.is_made("100"));
}

TEST_CASE("many small values fit, however many there are") {
  Bitmaps bitmaps;
  for (int i = 0; i < 5000; ++i) bitmaps.is_made(std::to_string(i), 8);
  CHECK_FALSE(bitmaps.is_made("0", 8));
  CHECK(bitmaps.bytes() > 5000 * 8);
}

TEST_CASE("a value that takes more than all may is given, and goes with the next") {
  Bitmaps bitmaps;
  CHECK(bitmaps.is_made("large", Generation::kMaxCachedBytes + 8));
  CHECK(bitmaps.is_made("small"));
  CHECK(bitmaps.bytes() <= Generation::kMaxCachedBytes);
  CHECK(bitmaps.is_made("large", Generation::kMaxCachedBytes + 8));
}

TEST_SUITE_END();

}  // namespace nunmul
