import { ValidateBy } from 'class-validator';

/** Validates a decimal number with at most two places. */
export function IsAmount(): PropertyDecorator {
  // IsNumber({ maxDecimalPlaces }) of class-validator throws for numbers that are written with an exponent.
  return ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value) => typeof value === 'number' && Math.round(value * 100) / 100 === value,
      defaultMessage: (field) => `${field?.property} must be a number with at most two decimal places`,
    },
  });
}
