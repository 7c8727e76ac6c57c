/**
 * JMH benchmarks, run by {@code ./mvnw -Pjmh -pl transforms -am verify -DskipTests}; none of them
 * is a test.
 */
@NullMarked
package dev.cairn.transforms.bench;

import org.jspecify.annotations.NullMarked;
