// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/request_budget.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace nunmul {
namespace {

// How long a request works before others have a turn.
constexpr std::chrono::milliseconds kTurn{20};

[[noreturn]] void refuse(const std::string& what, const std::string& option) {
  throw Error(ErrorCode::RequestTooCostly,
              "The request " + what + ". Ask for less, or start the server with a larger " + option + ".");
}

}  // namespace

void WorkEnd::set(Clock::time_point when, const char* why) {
  const Clock::rep time = when.time_since_epoch().count();
  if (time >= when_) return;
  why_ = why;
  when_ = time;
}

const char* WorkEnd::reason(Clock::time_point now) const {
  return now.time_since_epoch().count() >= when_ ? why_.load() : nullptr;
}

RequestBudget::RequestBudget(const RequestLimits& limits, std::shared_ptr<const WorkEnd> end,
                             std::function<void()> give_turn)
    : limits_(limits),
      deadline_(Clock::now() + limits.time),
      end_(std::move(end)),
      give_turn_(std::move(give_turn)) {
  if (give_turn_) turn_end_ = Clock::now() + kTurn;
}

void RequestBudget::check() {
  const auto now = Clock::now();
  if (end_) {
    if (const char* why = end_->reason(now)) throw Error(ErrorCode::TooManySearchRequests, why);
  }
  if (now >= deadline_)
    refuse("took more than " + std::to_string(limits_.time.count()) + " ms", "--max-request-time");
  if (now < turn_end_) return;
  give_turn_();
  turn_end_ = Clock::now() + kTurn;
}

void RequestBudget::use_memory(std::size_t bytes) {
  if (bytes > limits_.memory_bytes - memory_)
    refuse("needs more than " + std::to_string(limits_.memory_bytes) + " bytes of memory",
           "--max-request-memory");
  memory_ += bytes;
  peak_ = std::max(peak_, memory_);
}

void RequestBudget::check_answer(std::size_t bytes) const {
  if (bytes > limits_.answer_bytes)
    refuse("has an answer of more than " + std::to_string(limits_.answer_bytes) + " bytes", "--max-answer");
}

}  // namespace nunmul
