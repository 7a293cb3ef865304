package hudson.markup;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;

public abstract class MarkupFormatter extends AbstractDescribableImpl<MarkupFormatter> implements ExtensionPoint {}
