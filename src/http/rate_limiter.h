// SPDX-License-Identifier: GPL-2.0-or-later
// How many searches a client may ask for: a bucket of `burst` searches each, which fills again at a steady
// rate (a token bucket). A client is an address, as trusted proxies give it, or a key that has a limit of its
// own.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nunmul {

struct Call;

struct RateLimit {
  double a_second = 0;
  double burst = 0;  // at least 1
};

struct RateLimits {
  std::optional<RateLimit> of_addresses;     // each by itself
  std::map<std::string, RateLimit> of_keys;  // by a key's name or uid: all its clients together
  bool are_empty() const { return !of_addresses && of_keys.empty(); }
};

// Each text is RATE[:BURST] or KEY=RATE[:BURST], in searches a second; a burst that is not given is five
// seconds' searches. Throws Error(InvalidInput) that names the text.
RateLimits read_rate_limits(const std::vector<std::string>& texts);

// Safe from many threads.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimits limits) : limits_(std::move(limits)) {}

  // Before a handler searches so many times. The master key is not limited. Throws Refusal 429 that says
  // when to ask again, and counts it in the metrics.
  void admit(const Call& call, std::size_t searches = 1);

 private:
  using Clock = std::chrono::steady_clock;
  struct Bucket {
    double left = 0;
    Clock::time_point filled_at;
  };

  // The limit that a key has of its own, and whose bucket it is.
  const RateLimit* limit_of(const Call& call, std::string& client) const;
  // The seconds until there are as many; 0 if they were taken.
  double take(const std::string& client, const RateLimit& limit, double searches, Clock::time_point now);

  const RateLimits limits_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;  // guarded by mutex_
};

}  // namespace nunmul
