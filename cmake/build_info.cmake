# SPDX-License-Identifier: GPL-2.0-or-later
# Tells src/base/build_info.cpp, and no other file, the version and the commit.
execute_process(COMMAND git rev-parse HEAD WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  string(REPEAT 0 40 commit)
endif()
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/base/build_info.cpp PROPERTIES
  COMPILE_DEFINITIONS "NUNMUL_VERSION=\"${PROJECT_VERSION}\";NUNMUL_COMMIT=\"${commit}\""
  SKIP_UNITY_BUILD_INCLUSION ON SKIP_PRECOMPILE_HEADERS ON)
