package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A template that a node executes.
 *
 * @param found the template as written
 * @param base the holder in which the template looks up the names of other templates
 * @param template the template with defaults, arguments and variables
 */
public record ResolvedTemplate(TemplateHolder.Found found, TemplateHolder base, ObjectNode template) {}
