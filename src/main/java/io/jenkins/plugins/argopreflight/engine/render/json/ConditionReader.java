package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.RowCondition;

/** A deserializer of a pull's conditions, which are texts in the reports of all versions. */
final class ConditionReader extends FromStringDeserializer<RowCondition> {

    private static final long serialVersionUID = 1L;

    ConditionReader() {
        super(RowCondition.class);
    }

    @Override
    protected RowCondition _deserialize(String text, DeserializationContext context) {
        return new RowCondition(text.startsWith(Condition.ON_FAILURE), text);
    }

    @Override
    protected Object _deserializeFromEmptyString(DeserializationContext context) {
        return _deserialize("", context);
    }
}
