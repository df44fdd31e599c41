// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/server_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string_view>

#include "base/build_info.h"
#include "base/time.h"
#include "engine/engine.h"
#include "http/route.h"

namespace nunmul {
namespace {

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return text.data();
}

// The text format: a head for each metric, then its samples, a line each.
class Exposition {
 public:
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    (text_ += "# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
  }
  // `labels` as in `{…}`: made by label().
  void sample(double value, const std::string& labels = {}, std::string_view suffix = {}) {
    text_.append(name_).append(suffix);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(number(value)).append("\n");
  }
  void single(std::string_view name, std::string_view type, std::string_view help, double value) {
    begin(name, type, help);
    sample(value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string_view name_;
  std::string text_;
};

// Values are patterns of routes, uids of indexes and the like: nothing in them needs to be escaped.
std::string label(std::string_view name, std::string_view value) {
  return std::string(name).append("=\"").append(value).append("\"");
}

std::string label(std::string_view name, int value) { return label(name, std::to_string(value)); }

std::string labels_of(const Route* route) {
  if (route == nullptr) return label("method", "") + "," + label("route", "none");
  return label("method", route->method) + "," + label("route", route->pattern);
}

// Bytes of this process in memory, by the second number of the kernel's file; 0 where there is none.
double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

PageRequest page_of(std::uint32_t limit, bool oldest_first = false) { return {limit, {}, oldest_first}; }

void add_tasks(Exposition& out, const TaskQueue& queue) {
  constexpr TaskStatus kStatuses[] = {TaskStatus::Enqueued, TaskStatus::Processing, TaskStatus::Succeeded,
                                      TaskStatus::Failed, TaskStatus::Canceled};
  out.begin("nunmul_tasks", "gauge", "Tasks in the queue by status; finished ones until they are deleted.");
  for (const TaskStatus status : kStatuses) {
    TaskFilter filter;
    filter.statuses = {{status}};
    out.sample(static_cast<double>(queue.list(filter, page_of(0)).total), label("status", to_string(status)));
  }
  TaskFilter unfinished;
  unfinished.statuses = {{TaskStatus::Enqueued, TaskStatus::Processing}};
  const TaskPage oldest = queue.list(unfinished, page_of(1, true));
  const double micros =
      oldest.tasks.empty() ? 0 : static_cast<double>((now() - oldest.tasks.front().enqueued_at).count());
  out.single("nunmul_oldest_task_seconds", "gauge", "Age of the oldest unfinished task.", micros / 1e6);
  TaskFilter processing;
  processing.statuses = {{TaskStatus::Processing}};
  const BatchPage running = queue.list_batches(processing, page_of(1));
  const bool has_progress = !running.batches.empty() && running.batches.front().progress.is_object();
  out.single("nunmul_batch_progress_ratio", "gauge", "How far the running batch is, 0 to 1.",
             has_progress ? running.batches.front().progress.value("percentage", 0.0) / 100 : 0);
  const BatchPage all = queue.list_batches({}, page_of(1));
  out.single("nunmul_batches", "gauge", "Batches of the tasks in the queue.", static_cast<double>(all.total));
}

void add_indexes(Exposition& out, const std::vector<std::shared_ptr<const CatalogEntry>>& entries) {
  struct Gauge {
    std::string_view name, help;
    double (*value)(const CatalogEntry& entry);
  };
  constexpr Gauge kGauges[] = {
      {"nunmul_index_documents", "Documents that searches see.",
       [](const CatalogEntry& entry) { return static_cast<double>(entry.index->opened()->documents()); }},
      {"nunmul_index_bytes", "Size of the published generation on disk, documents apart.",
       [](const CatalogEntry& entry) { return static_cast<double>(entry.index->opened()->bytes()); }},
      {"nunmul_index_segments", "Segments of the published generation.",
       [](const CatalogEntry& entry) {
         return static_cast<double>(entry.index->opened()->segments().size());
       }},
      {"nunmul_index_rebuilding", "1 while the index cannot be searched.",
       [](const CatalogEntry& entry) { return entry.index->problem() ? 1. : 0.; }},
  };
  for (const Gauge& gauge : kGauges) {
    out.begin(gauge.name, "gauge", gauge.help);
    for (const auto& entry : entries) out.sample(gauge.value(*entry), label("index", entry->row.uid));
  }
}

}  // namespace

void ServerMetrics::count_request(const Route* route, int status, std::chrono::microseconds duration) {
  const double seconds = static_cast<double>(duration.count()) / 1e6;
  const std::lock_guard lock(mutex_);
  RouteCounts& counts = routes_[route];
  ++counts.by_status[status];
  ++counts.count;
  counts.seconds += seconds;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    if (seconds > kBounds[i]) continue;
    ++counts.buckets[i];
    break;
  }
}

void ServerMetrics::count_search(bool found_something, bool is_degraded) {
  ++(found_something ? searches_found_ : searches_empty_);
  if (is_degraded) ++searches_degraded_;
}

void ServerMetrics::count_refusal(int status) {
  const std::lock_guard lock(mutex_);
  ++refusals_[status];
}

std::string ServerMetrics::request_text() const {
  Exposition out;
  const std::lock_guard lock(mutex_);
  out.begin("nunmul_http_requests_total", "counter", "Answered requests by route and status.");
  for (const auto& [route, counts] : routes_)
    for (const auto& [status, count] : counts.by_status)
      out.sample(static_cast<double>(count), labels_of(route) + "," + label("status", status));
  out.begin("nunmul_http_request_duration_seconds", "histogram", "Time that answering took.");
  for (const auto& [route, counts] : routes_) {
    const std::string labels = labels_of(route);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i)
      out.sample(static_cast<double>(sum += counts.buckets[i]),
                 labels + "," + label("le", number(kBounds[i])), "_bucket");
    out.sample(static_cast<double>(counts.count), labels + "," + label("le", "+Inf"), "_bucket");
    out.sample(counts.seconds, labels, "_sum");
    out.sample(static_cast<double>(counts.count), labels, "_count");
  }
  out.begin(
      "nunmul_http_refusals_total", "counter",
      "Requests that were refused before a route was asked: malformed, too large, or the server was busy.");
  for (const auto& [status, count] : refusals_)
    out.sample(static_cast<double>(count), label("status", status));
  return out.take();
}

std::string ServerMetrics::text(Engine& engine, const Grant& grant) const {
  std::vector<std::shared_ptr<const CatalogEntry>> entries;
  for (const auto& entry : engine.catalog().list())
    if (grant.allows_index(entry->row.uid)) entries.push_back(entry);
  Exposition out;
  out.begin("nunmul_build_info", "gauge", "1, with the version of this server.");
  out.sample(1, label("version", program_version()));
  out.begin("nunmul_searches_total", "counter", "Searches by whether they found anything.");
  out.sample(static_cast<double>(searches_found_), label("result", "hits"));
  out.sample(static_cast<double>(searches_empty_), label("result", "none"));
  out.single("nunmul_searches_degraded_total", "counter", "Searches that their time limit ended early.",
             static_cast<double>(searches_degraded_));
  out.single("nunmul_rate_limited_total", "counter",
             "Requests refused since their client searches too often.", static_cast<double>(limited_));
  out.single("nunmul_connections", "gauge", "Open connections.", static_cast<double>(connections_));
  add_tasks(out, engine.tasks());
  add_indexes(out, entries);
  out.single("process_resident_memory_bytes", "gauge", "Memory of the process, mapped files included.",
             resident_bytes());
  out.single("process_cpu_seconds_total", "counter", "Processor time of the process.", cpu_seconds());
  out.single("process_start_time_seconds", "gauge", "When the process began, in seconds since 1970.",
             static_cast<double>(started_));
  return request_text() + out.take();
}

}  // namespace nunmul
