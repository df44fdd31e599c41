// SPDX-License-Identifier: GPL-2.0-or-later
// Which enqueued tasks the worker does next, and together.
#pragma once

#include <string>
#include <vector>

#include "engine/task.h"
#include "index/sqlite.h"

namespace nunmul {

struct BatchChoice {
  std::vector<Task> tasks;  // in order; empty if nothing is enqueued
  std::string strategy;     // why it ends where it does, for people
};

enum class Cancelations { First, InTurn };

// The oldest task, and what may join it: later writes to the same index up to one that must run by
// itself, past tasks that only concern other indexes. With Cancelations::First a cancelation runs ahead
// of everything.
BatchChoice choose_batch(Sqlite& db, Cancelations cancelations);

}  // namespace nunmul
