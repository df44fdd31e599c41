// SPDX-License-Identifier: GPL-2.0-or-later
// - Each bound of a budget ends the work with an error that names what was exceeded and the option.
// - Work is broken off from outside, at the earliest of the ends that were set.
// - Without bounds nothing ends.
#include "base/request_budget.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace nunmul;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("base/request_budget");

namespace {

template <typename Work>
std::string refusal(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return std::string(error_row(error.code()).name) + ": " + error.what();
  }
  return "";
}

bool says(const std::string& message, const char* part) { return message.find(part) != message.npos; }

}  // namespace

TEST_CASE("time, memory and answer are refused with the option that allows more") {
  RequestBudget budget({0ms, 100, 10});
  const std::string late = refusal([&] { budget.check(); });
  CHECK(late.starts_with("request_too_costly: "));
  CHECK(says(late, "--max-request-time"));
  budget.use_memory(100);
  CHECK(says(refusal([&] { budget.use_memory(1); }), "--max-request-memory"));
  budget.check_answer(10);
  CHECK(says(refusal([&] { budget.check_answer(11); }), "--max-answer"));
}

TEST_CASE("memory is given back at the end of its block, and the peak stays known") {
  RequestBudget budget({1h, 100, 100});
  for (int i = 0; i < 3; ++i) {
    const WorkingMemory block(budget);
    budget.use_memory(60);
  }
  CHECK(budget.memory() == 0);
  CHECK(budget.peak_memory() == 60);
}

TEST_CASE("work is broken off at the earliest end, with its reason") {
  const auto end = std::make_shared<WorkEnd>();
  RequestBudget budget({1h, 1, 1}, end);
  const auto now = RequestBudget::Clock::now();
  end->set(now + 1h, "later");
  CHECK(refusal([&] { budget.check(); }).empty());
  end->set(now, "now");
  end->set(now + 1min, "too late to matter");
  CHECK(refusal([&] { budget.check(); }) == "too_many_search_requests: now");
}

TEST_CASE("a budget without bounds refuses nothing") {
  RequestBudget budget;
  budget.check();
  budget.use_memory(static_cast<std::size_t>(-1));
  budget.check_answer(static_cast<std::size_t>(-1));
}
