// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/import_report.h"
#include "cli/index_report.h"
#include "cli/opened_index.h"
#include "cli/private_files.h"
#include "index/generation_history.h"

namespace nunmul {
namespace {

struct GenerationsOptions {
  DataOptions data;
  std::string languages;
  std::string generation;  // to go back to
  bool json = false;
};

Json to_json(const GenerationInfo& info) {
  Json json{{"name", info.name},           {"current", info.current}, {"createdAt", info.created_at},
            {"documents", info.documents}, {"bytes", info.bytes},     {"origin", info.origin},
            {"metrics", info.metrics}};
  if (!info.problem.empty()) json["problem"] = info.problem;
  return json;
}

std::string ndcg_of(const GenerationInfo& info) {
  if (!info.metrics.is_object() || !info.metrics.contains("ndcg@10")) return "-";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", info.metrics["ndcg@10"].get<double>());
  return text.data();
}

std::string row_of(const GenerationInfo& info) {
  if (!info.problem.empty()) return "  " + info.name + "  " + info.problem + "\n";
  std::array<char, 256> line{};
  std::snprintf(line.data(), line.size(), "%c %-33s %-20s %9llu %8s %8s  ", info.current ? '*' : ' ',
                info.name.c_str(), info.created_at.substr(0, 19).c_str(),
                static_cast<unsigned long long>(info.documents), readable_bytes(info.bytes).c_str(),
                ndcg_of(info).c_str());
  return line.data() + info.origin + "\n";
}

void list_generations(const GenerationsOptions& options) {
  const OpenedIndex opened = open_index(options.data, options.languages);
  const std::vector<GenerationInfo> history = generation_history(*opened.index);
  if (options.json) {
    Json json;
    json["index"] = options.data.index;
    json["generations"] = Json::array();
    for (const GenerationInfo& info : history) json["generations"].push_back(to_json(info));
    std::cout << dump_json(json) << std::endl;
    return;
  }
  std::printf("  %-33s %-20s %9s %8s %8s  %s\n", "generation", "created (UTC)", "documents", "size",
              "nDCG@10", "origin");
  std::fflush(stdout);
  for (const GenerationInfo& info : history) std::cout << row_of(info);
  std::cout << std::flush;
}

// The newest that is not published.
std::string generation_before(const std::vector<GenerationInfo>& history) {
  const auto found = std::find_if(history.begin(), history.end(), [](const GenerationInfo& info) {
    return !info.current && info.problem.empty();
  });
  if (found == history.end())
    throw HintedError(ErrorCode::InvalidInput, "There is no earlier generation to go back to.",
                      "`nunmul index --keep N` keeps more of them from then on");
  return found->name;
}

void roll_back(const GenerationsOptions& options) {
  keep_private(options.data.data_dir);
  warn_of_other_server(options.data.data_dir);
  const OpenedIndex opened = open_index(options.data, options.languages);
  IndexWriter writer(*opened.index, lock_holder("rollback"), IndexWriter::Wait::Yes);
  const std::vector<GenerationInfo> history = generation_history(*opened.index);
  const std::string name = options.generation.empty() ? generation_before(history) : options.generation;
  require_generation(*opened.index, name);
  if (history.front().current && history.front().name == name) {
    std::cout << options.data.index << ": " << name << " is the published state already" << std::endl;
    return;
  }
  // Going back takes nothing away; the next run of `nunmul index` keeps as many as it is told.
  writer.set_history_limit(static_cast<unsigned>(history.size()) + 1);
  writer.rollback(name);
  const auto generation = opened.generation();
  DataDir(options.data.data_dir, StoreUse::Write)
      .store()
      .set_settings(options.data.index, generation->settings());
  std::cout << options.data.index << ": back at the state of " << name << ", "
            << counted(generation->documents(), "document", "documents") << ", published as "
            << generation->name() << std::endl;
}

}  // namespace

void add_generations_command(CLI::App& program) {
  auto options = std::make_shared<GenerationsOptions>();
  CLI::App* command = program.add_subcommand("generations", "List the kept states of an index");
  command->footer("Example: nunmul generations --index entries");
  add_data_options(*command, options->data);
  command->add_flag("--json", options->json, "Print one JSON object");
  add_languages(*command, options->languages);
  command->callback([options] { list_generations(*options); });
}

void add_rollback_command(CLI::App& program) {
  auto options = std::make_shared<GenerationsOptions>();
  CLI::App* command = program.add_subcommand("rollback", "Publish an earlier state of an index again");
  command->footer("Example: nunmul rollback --index entries");
  command->add_option("generation", options->generation, "Its name [the state before]")->type_name("STATE");
  add_data_options(*command, options->data);
  add_languages(*command, options->languages);
  command->callback([options] { roll_back(*options); });
}

}  // namespace nunmul
