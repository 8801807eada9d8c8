import { ValidateBy } from 'class-validator';
import { isAmount } from './money.js';

/** Validates a decimal number with at most two places. */
export function IsAmount(): PropertyDecorator {
  // IsNumber({ maxDecimalPlaces }) of class-validator throws for numbers that are written with an exponent.
  return ValidateBy({
    name: 'isAmount',
    validator: {
      validate: isAmount,
      defaultMessage: (field) => `${field?.property} must be a number with at most two decimal places`,
    },
  });
}
