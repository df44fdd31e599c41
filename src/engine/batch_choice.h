// SPDX-License-Identifier: GPL-2.0-or-later
// Chooses the enqueued tasks that the worker does next, in one batch.
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

// The oldest task, and what may join it: the writes to the same index that come right after it, up to
// one that must run by itself; small additions and deletions also when they are of several indexes.
// Nothing overtakes a task of another index: clients wait for the last of their writes and take the ones
// before it for done. Only a cancelation runs ahead of everything, with Cancelations::First.
BatchChoice choose_batch(Sqlite& db, Cancelations cancelations);

}  // namespace nunmul
