// SPDX-License-Identifier: GPL-2.0-or-later
// SIGINT and SIGTERM as a state that can be polled and waited for, while this object lives.
#pragma once

namespace nunmul {

class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  bool received() const;
  // Readable once a signal came; for poll.
  int descriptor() const;
};

}  // namespace nunmul
