// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "cli/command.h"
#include "cli/opened_index.h"
#include "eval/evaluation.h"
#include "eval/golden.h"
#include "eval/judged_documents.h"
#include "index/generation_history.h"

namespace nunmul {
namespace {

constexpr std::size_t kShownQueries = 20;

struct EvalOptions {
  DataOptions data;
  std::string languages;
  std::string dictionaries;
  std::string judged;
  std::string queries;
  std::string qrels;
  std::string matching;
  std::string generation;
  bool json = false;
  bool check = false;
  bool update_golden = false;
};

void require_one_form(const EvalOptions& options) {
  if (options.judged.empty() && (options.queries.empty() || options.qrels.empty()))
    throw WrongUse("Give --judged FILE, or both --queries FILE and --qrels FILE.");
  if (!options.judged.empty() && !(options.queries.empty() && options.qrels.empty()))
    throw WrongUse("--judged excludes --queries and --qrels.");
  if (!options.generation.empty() && (options.check || options.update_golden))
    throw WrongUse("--compare excludes --check and --update-golden.");
}

std::vector<JudgedQuery> read_queries(const EvalOptions& options) {
  auto queries =
      options.judged.empty() ? read_judged(options.queries, options.qrels) : read_judged(options.judged);
  if (queries.empty())
    throw Error(ErrorCode::InvalidInput,
                (options.judged.empty() ? options.queries : options.judged) + " holds no judged query.");
  return queries;
}

// Without the documents that the queries are about, the figures would mislead.
void require_judged_documents(const EvalOptions& options, const OpenedIndex& opened,
                              const std::vector<JudgedQuery>& queries) {
  const JudgedDocuments documents = count_judged_documents(*opened.generation(), queries);
  try {
    if (const std::string warning = missing_documents_warning(documents); !warning.empty())
      std::cerr << "warning: " << warning << "\n";
  } catch (const Error& error) {
    throw HintedError(error.code(), "Index `" + options.data.index + "`: " + error.what(),
                      "is it another index (--index) or data folder (--data-dir) that the queries are for?");
  }
}

void compare_with(const EvalOptions& options, const OpenedIndex& opened,
                  const std::vector<JudgedQuery>& queries, const SearchRequest& base) {
  require_generation(*opened.index, options.generation);
  const auto before = open_generation(*opened.index, options.generation);
  const EvaluationDifference difference =
      compare(evaluate(*before, queries, base), evaluate(*opened.generation(), queries, base));
  if (options.json)
    std::cout << dump_json(to_json(difference)) << std::endl;
  else
    std::cout << to_text(difference, kShownQueries) << std::flush;
}

void check_golden(const Evaluation& evaluation, const std::filesystem::path& file) {
  const std::vector<std::string> differences =
      differences_from_golden(evaluation, parse_json(read_file(file)));
  for (const std::string& line : differences) std::cerr << line << "\n";
  if (differences.empty()) return;
  throw HintedError(
      ErrorCode::InvalidInput, "The answers differ from " + file.string() + ".",
      "look at each difference; if they are meant, run with --update-golden and explain them in the commit");
}

void eval(const EvalOptions& options) {
  require_one_form(options);
  const std::vector<JudgedQuery> queries = read_queries(options);
  const OpenedIndex opened = open_index(options.data, options.languages, options.dictionaries);
  require_judged_documents(options, opened, queries);
  SearchRequest base;
  if (!options.matching.empty()) base.matching_strategy = find_matching_strategy(options.matching);
  if (!options.generation.empty()) return compare_with(options, opened, queries, base);
  const Evaluation evaluation = evaluate(*opened.generation(), queries, base);
  if (options.json)
    std::cout << dump_json(to_json(evaluation)) << std::endl;
  else
    std::cout << to_table(evaluation) << std::flush;
  const std::filesystem::path golden =
      golden_file_of(options.judged.empty() ? options.queries : options.judged);
  if (options.update_golden) write_file_atomically(golden, golden_text(evaluation));
  if (options.check) check_golden(evaluation, golden);
}

}  // namespace

void add_eval_command(CLI::App& program) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command = program.add_subcommand("eval", "Measure an index with judged queries");
  command->footer("Example: nunmul eval --judged queries/judged/entries.jsonl --check");
  command->add_option("--judged", options->judged, "Judged queries, a JSON object a line")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_option("--queries", options->queries, "Or two tables: qid<TAB>query[<TAB>group]")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_option("--qrels", options->qrels, "and qid<TAB>docid<TAB>grade, or TREC's columns")
      ->check(existing_file())
      ->type_name("FILE");
  add_data_options(*command, options->data);
  add_matching(*command, options->matching);
  command->add_option("--compare", options->generation, "Earlier state to compare with (nunmul generations)")
      ->type_name("STATE");
  command->add_flag("--json", options->json, "Print one JSON object, each query included");
  command->add_flag("--check", options->check, "Fail if hits differ from those in the golden file");
  command->add_flag("--update-golden", options->update_golden, "Write the golden file, beside the queries");
  add_languages(*command, options->languages);
  add_dictionaries(*command, options->dictionaries);
  command->callback([options, command] {
    // A golden file is to hold on every machine, whatever dictionaries it has.
    const bool golden = options->check || options->update_golden;
    if (golden && command->count("--dictionaries") == 0) options->dictionaries.clear();
    eval(*options);
  });
}

}  // namespace nunmul
