@NullMarked
package dev.cairn.runners.job;

import org.jspecify.annotations.NullMarked;
