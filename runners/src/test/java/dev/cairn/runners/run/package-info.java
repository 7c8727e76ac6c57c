@org.jspecify.annotations.NullMarked
package dev.cairn.runners.run;
