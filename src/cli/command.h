// SPDX-License-Identifier: GPL-2.0-or-later
// Shared by the subcommands: how they fail, and the options that several of them take.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace nunmul {

class LanguageResources;

// A failure with something to do about it; main prints it as `hint:`.
class HintedError : public Error {
 public:
  HintedError(ErrorCode code, const std::string& message, std::string hint)
      : Error(code, message), hint_(std::move(hint)) {}
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// The command failed and has said all there is to say: exit status 1.
struct CommandFailed {};

// The command was used wrongly: exit status 2.
class WrongUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct DataOptions {
  std::string data_dir = "data";
  std::string index = "entries";
};

// Checks of an option's value, which say what it takes instead. The name of `one_of` lists the values:
// "a,b,c".
CLI::Validator one_of(const std::vector<std::string>& names);
CLI::Validator existing_file();
CLI::Validator between(double least, double most);

void add_matching(CLI::App& command, std::string& strategy);

// Throws HintedError where a file stands in the place of a data folder.
void require_folder(const std::string& data_dir);

void add_data_dir(CLI::App& command, std::string& data_dir);
void add_data_options(CLI::App& command, DataOptions& options);
void add_languages(CLI::App& command, std::string& folder);
// For commands that search.
void add_dictionaries(CLI::App& command, std::string& folder);

// The folder that holds the program's bin/, such as /usr.
std::filesystem::path install_prefix();

// share/nunmul/languages of the prefix if it is there, else index/languages of the source tree.
std::string default_languages();

// Dictionaries serve queries alone; without a folder there are none.
std::shared_ptr<const LanguageResources> load_languages(const std::string& folder,
                                                        const std::string& dictionaries = "");
// "24 particles-ko.txt, …; absent: hanja.tsv": what it has, on one line.
std::string describe(const LanguageResources& resources);

// "pid 12 nunmul index", as locks name their holder.
std::string lock_holder(const std::string& command);

// "nunmul 0.2.0" and, below, what else tells one program from another: commit, libraries, schema.
std::string version_text();

}  // namespace nunmul
