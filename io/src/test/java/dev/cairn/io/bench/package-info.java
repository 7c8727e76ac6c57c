/**
 * JMH benchmarks, run by {@code ./mvnw -Pjmh -pl io -am verify -DskipTests}; none of them is a
 * test.
 */
@NullMarked
package dev.cairn.io.bench;

import org.jspecify.annotations.NullMarked;
