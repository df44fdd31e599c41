# SPDX-License-Identifier: GPL-2.0-or-later
# Writes OUTPUT, a C++ file with the bytes of each of ASSETS (a ;-list), for src/web/web_assets.h. Scripts go
# without the lines that are comments, but for the first one, and without indentation: visitors load them.
set(arrays "")
set(rows "")
set(number 0)
foreach(asset IN LISTS ASSETS)
  get_filename_component(name ${asset} NAME)
  if(name MATCHES "\\.js$")
    file(READ ${asset} script)
    string(REGEX REPLACE "\n *//[^\n]*" "" script "${script}")
    string(REGEX REPLACE "\n +" "\n" script "${script}")
    string(HEX "${script}" hex)
  else()
    file(READ ${asset} hex HEX)
  endif()
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", {reinterpret_cast<const char*>(kFile${number}), sizeof kFile${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT}
"// Generated from src/web/assets; see cmake/embed_files.cmake.
#include \"web/web_assets.h\"

namespace nunmul {
namespace {
${arrays}}  // namespace

std::span<const WebAsset> web_assets() {
  static const WebAsset kAssets[] = {
${rows}    {\"\", \"\"}};
  return {kAssets, ${number}};
}

}  // namespace nunmul
")
