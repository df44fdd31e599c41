// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/opened_index.h"
#include "eval/uncovered_words.h"
#include "text/analyzer.h"

namespace nunmul {
namespace {

struct Options {
  DataOptions data;
  std::string languages;
  std::vector<std::string> words;
  bool uncovered = false;
  std::size_t limit = 100;
};

void show_themes(const Options& options) {
  const Analyzer analyzer(load_languages(options.languages));
  for (const std::string& word : options.words) {
    std::cout << word << "\t";
    const std::vector<std::string> themes = themes_of(analyzer, word);
    for (std::size_t i = 0; i < themes.size(); ++i) std::cout << (i > 0 ? " " : "") << themes[i];
    std::cout << (themes.empty() ? "-\n" : "\n");
  }
}

void list_uncovered(const Options& options) {
  const OpenedIndex opened = open_index(options.data, options.languages);
  const auto generation = opened.generation();
  for (const UncoveredWord& word : uncovered_words(*generation, options.limit))
    std::cout << word.documents << "\t" << word.word << "\n";
}

void show_concepts(const Options& options) {
  if (options.words.empty() && !options.uncovered)
    throw WrongUse("There is nothing to look up: name words, or ask for --uncovered.");
  if (!options.words.empty()) show_themes(options);
  if (options.uncovered) list_uncovered(options);
  std::cout << std::flush;
}

}  // namespace

void add_concepts_command(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("concepts", "Show the themes of words, and words that have none");
  command->footer("Example: nunmul concepts --uncovered --limit 50");
  command->add_option("words", options->words, "Words or phrases to look up")->type_name("WORD...");
  command->add_flag("--uncovered", options->uncovered, "List frequent words of an index without a theme");
  command->add_option("--limit", options->limit, "Most words to list")->type_name("N")->capture_default_str();
  add_data_options(*command, options->data);
  add_languages(*command, options->languages);
  command->callback([options] { show_concepts(*options); });
}

}  // namespace nunmul
