// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/rate_limiter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "engine/engine.h"
#include "http/client_address.h"
#include "http/refusal.h"
#include "http/route.h"
#include "http/server_metrics.h"

namespace nunmul {
namespace {

// Of some 10 MB. Beyond it every bucket is full again: a limit that holds for some thousand clients at once.
constexpr std::size_t kMaxBuckets = 100'000;
constexpr double kBurstSeconds = 5;
constexpr double kMaxRate = 1'000'000;

std::optional<double> positive(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (problem != std::errc{} || stop != end || !(number > 0 && number <= kMaxRate)) return std::nullopt;
  return number;
}

RateLimit read_limit(std::string_view text, const std::string& whole) {
  const std::size_t colon = text.find(':');
  const auto rate = positive(text.substr(0, colon));
  auto burst = rate;
  if (colon != std::string_view::npos)
    burst = positive(text.substr(colon + 1));
  else if (rate)
    burst = *rate * kBurstSeconds;
  if (!rate || !burst)
    throw Error(ErrorCode::InvalidInput, "`" + whole + "` is no limit such as 5, 5:25 or KEY=100:500.");
  return {*rate, std::max(*burst, 1.0)};
}

}  // namespace

RateLimits read_rate_limits(const std::vector<std::string>& texts) {
  RateLimits limits;
  for (const std::string& text : texts) {
    const std::size_t equals = text.rfind('=');
    if (equals == 0) throw Error(ErrorCode::InvalidInput, "`" + text + "` names no key before `=`.");
    if (equals == std::string::npos)
      limits.of_addresses = read_limit(text, text);
    else
      limits.of_keys[text.substr(0, equals)] = read_limit(std::string_view(text).substr(equals + 1), text);
  }
  return limits;
}

const RateLimit* RateLimiter::limit_of(const Call& call, std::string& client) const {
  const auto& uid = call.grant.key_uid();
  if (uid && !limits_.of_keys.empty()) {
    const auto key = call.engine.keys().find(*uid);
    for (const std::string& name : {*uid, key ? key->name.value_or("") : ""}) {
      const auto own = limits_.of_keys.find(name);
      if (own == limits_.of_keys.end()) continue;
      client = "key " + *uid;
      return &own->second;
    }
  }
  if (!limits_.of_addresses) return nullptr;
  client = client_group(call.request.client);
  return &*limits_.of_addresses;
}

double RateLimiter::take(const std::string& client, const RateLimit& limit, double searches,
                         Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kMaxBuckets && !buckets_.contains(client)) buckets_.clear();
  Bucket& bucket = buckets_.try_emplace(client, Bucket{limit.burst, now}).first->second;
  const double seconds = std::chrono::duration<double>(now - bucket.filled_at).count();
  bucket.left = std::min(limit.burst, bucket.left + seconds * limit.a_second);
  bucket.filled_at = now;
  const double asked = std::min(searches, limit.burst);  // more than fits would never be there
  if (bucket.left < asked) return (asked - bucket.left) / limit.a_second;
  bucket.left -= asked;
  return 0;
}

void RateLimiter::admit(const Call& call, std::size_t searches) {
  const bool was_authorized = !call.route.action.empty() && call.engine.keys().has_master_key();
  if (was_authorized && !call.grant.key_uid()) return;  // by the master key
  std::string client;
  const RateLimit* limit = limit_of(call, client);
  if (!limit) return;
  const double wait = take(client, *limit, static_cast<double>(searches), Clock::now());
  if (wait == 0) return;
  call.metrics.count_limited();
  throw Refusal(429, ErrorCode::TooManySearchRequests, "More searches came than one client may ask for.",
                static_cast<unsigned>(std::ceil(wait)));
}

void Call::admit(std::size_t searches) const {
  if (limiter) limiter->admit(*this, searches);
}

}  // namespace nunmul
