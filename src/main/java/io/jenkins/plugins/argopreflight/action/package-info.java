/** The reports of a build: what is stored beside it, its pages, and the trend of a job. */
@NullMarked
package io.jenkins.plugins.argopreflight.action;

import org.jspecify.annotations.NullMarked;
