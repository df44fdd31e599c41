# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the library nunmul_web: every file of src/web/assets in the binary, found by name
# through web_asset(). A generated file holds the bytes; it changes only when an asset does.
file(GLOB NUNMUL_WEB_ASSETS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/web/assets/*)
set(NUNMUL_WEB_GENERATED ${CMAKE_BINARY_DIR}/generated/web_assets.cpp)
add_custom_command(
  OUTPUT ${NUNMUL_WEB_GENERATED}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${NUNMUL_WEB_GENERATED} "-DASSETS=${NUNMUL_WEB_ASSETS}"
          -P ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
  DEPENDS ${NUNMUL_WEB_ASSETS} ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
  VERBATIM)
file(GLOB NUNMUL_WEB_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/web/*.cpp)
add_library(nunmul_web STATIC ${NUNMUL_WEB_SOURCES} ${NUNMUL_WEB_GENERATED})
target_link_libraries(nunmul_web PUBLIC nunmul_options nunmul_base)
set_source_files_properties(${NUNMUL_WEB_GENERATED} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
nunmul_compile(nunmul_web)
