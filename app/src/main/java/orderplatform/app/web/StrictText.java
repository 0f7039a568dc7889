package orderplatform.app.web;

import orderplatform.api.Texts;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Takes a text from a JSON string alone, never from a number or a boolean, and only if everybody can show it. */
final class StrictText extends StdScalarDeserializer<String> {

    static final String WANTED = "must be text without control characters or unpaired surrogates";

    StrictText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return (String) context.handleUnexpectedToken(context.constructType(String.class), json);
        }
        var text = json.getString();
        return Texts.isClean(text) ? text : (String) context.handleWeirdStringValue(String.class, text, WANTED);
    }
}
