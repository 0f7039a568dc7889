package orderplatform.command.orders;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import orderplatform.api.orders.EmailAddress;
import org.jspecify.annotations.Nullable;

/** The text is an {@link EmailAddress}, or there is none. */
@Constraint(validatedBy = Mailable.Validator.class)
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface Mailable {

    String message() default "must be an e-mail address";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<Mailable, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            try {
                return text == null || !EmailAddress.of(text).local().isEmpty();
            } catch (IllegalArgumentException invalid) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(String.valueOf(invalid.getMessage()))
                        .addConstraintViolation();
                return false;
            }
        }
    }
}
