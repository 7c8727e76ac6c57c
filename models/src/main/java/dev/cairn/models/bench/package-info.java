/**
 * The cost of Cairn's path from text to vector beside a bare ONNX Runtime loop, in one run and in
 * turns, because absolute speeds say little on shared machines.
 */
@NullMarked
package dev.cairn.models.bench;

import org.jspecify.annotations.NullMarked;
