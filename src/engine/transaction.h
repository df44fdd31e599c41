// SPDX-License-Identifier: GPL-2.0-or-later
// A transaction that is undone if an exception leaves it.
#pragma once

#include "index/sqlite.h"

namespace nunmul {

class Transaction {
 public:
  // Takes the write lock at once.
  explicit Transaction(Sqlite& db) : db_(db) { db_.begin_writing(); }
  ~Transaction() { db_.rollback(); }
  void commit() const { db_.run("COMMIT"); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

 private:
  Sqlite& db_;
};

}  // namespace nunmul
