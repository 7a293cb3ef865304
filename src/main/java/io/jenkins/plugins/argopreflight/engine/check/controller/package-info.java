@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.controller;

import org.jspecify.annotations.NullMarked;
